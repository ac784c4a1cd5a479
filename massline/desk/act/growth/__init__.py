"""Growth of people: welcomes, the ladder of deeds, mandates in three parts, and study paths."""
