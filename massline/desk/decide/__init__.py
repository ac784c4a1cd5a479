"""Principles, demands, and decisions with their dissent."""
