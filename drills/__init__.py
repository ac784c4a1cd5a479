"""Drills: what would have to go wrong for the house to lose something, done to it on purpose. `make drills` runs them."""
