"""Programmes: a need met together, until those who were served run it. Asks and offers meet without a means test."""
