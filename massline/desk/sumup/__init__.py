"""Sum-ups: claims that cite voices and statements, signed by a second organiser and reported back."""
