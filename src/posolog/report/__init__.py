"""Plans made readable: the calendar drawn, dose tables, pages, terminal text, data. Reads a Plan, computes no dose."""
