"""One patient's dosimetry: read the file, quantify, fit, compute doses with their uncertainty, check the report."""
