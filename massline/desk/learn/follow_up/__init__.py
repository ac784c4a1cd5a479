"""What follows a review: agreements, corrections and hypotheses."""
