"""The protocol as frozen data, and its YAML-and-give-lines text form."""
