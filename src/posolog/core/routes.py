"""The routes that a line may state, in the words of protocol files and of the formulary."""

ROUTES: tuple[str, ...] = ("IV", "PO", "SC", "IM", "IT", "IP", "inhaled", "topical", "intravitreal", "external beam")
