"""Halls: a meeting votes by phone on the square, with a card for each person and no account."""
