"""API for other programs: public facts and counts read with a key, field reports written, and signed webhooks."""
