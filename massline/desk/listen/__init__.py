"""Listening rounds, field reports and the voices in them."""
