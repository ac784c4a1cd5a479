"""The loop in pictures: mood by section, own momentum, who has been heard, and the spectrum of allies over time."""
