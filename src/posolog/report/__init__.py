"""Results made readable: calendars, curves, tables, pages, terminal text, data. Computes no dose and no estimate."""
