"""Other programs' formats. Their words stay in here; each `to_x` returns the document and its losses as findings."""
