"""Organisations that call together with us."""
