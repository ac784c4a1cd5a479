"""The square: the public door. No account, no JavaScript needed; it knows nothing of the desk."""
