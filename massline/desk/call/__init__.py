"""Calls to action and the materials made from them."""
