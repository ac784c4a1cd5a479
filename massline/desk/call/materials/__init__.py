"""Posters, flyers, cards and share texts, made on request from the published call."""
