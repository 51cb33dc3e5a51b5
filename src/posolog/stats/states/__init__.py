"""States that follow one another: probabilities of each, and the stay in them."""
