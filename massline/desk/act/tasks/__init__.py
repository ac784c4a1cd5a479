"""Tasks of a call by the hour, each with a deputy."""
