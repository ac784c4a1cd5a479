"""Posters, flyers, cards and share texts, made on request from the call as it stands on the square."""
