"""Conversations: statements, votes, people's own words, and the opinion map they make."""
