"""Sum-ups: claims that rest on voices and statements, signed and reported back."""
