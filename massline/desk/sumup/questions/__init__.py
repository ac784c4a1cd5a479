"""Open questions and their answers."""
