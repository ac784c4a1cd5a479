"""Elections on the square: a secret ballot between several options, one each by card, and what came of it."""
