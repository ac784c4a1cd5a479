"""The pages of the room of decisions, by topic."""
