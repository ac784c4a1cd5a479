"""Foundations of all other packages: environment, expiry, sealed columns, refusals, the databases."""
