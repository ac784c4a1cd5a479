"""Who has been heard: section headcounts against the people spoken to."""
