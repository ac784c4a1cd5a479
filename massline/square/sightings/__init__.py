"""Verified street reports."""
