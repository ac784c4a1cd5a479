"""Coverage: section headcounts against the people spoken to."""
