"""Lessons from a review, and the next round they open."""
