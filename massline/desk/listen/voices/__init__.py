"""What people said, one at a time: read, translate and mark personal data."""
