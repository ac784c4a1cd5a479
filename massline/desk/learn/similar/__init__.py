"""Past actions similar to the one planned."""
