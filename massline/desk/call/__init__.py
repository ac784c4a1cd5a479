"""Calls: what, where, when, slogan, one ask; and the materials made from them."""
