"""Forms of the room of decisions, by topic."""
