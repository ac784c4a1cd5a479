"""Report-backs: what you said, what we heard, what happens next; frozen, cited, printable."""
