"""Slogans and their trials on the street."""
