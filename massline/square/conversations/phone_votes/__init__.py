"""Halls: a meeting votes on motions by phone, with one code for each person and no account."""
