"""Follow-up of a review: agreements, corrections and hypotheses."""
