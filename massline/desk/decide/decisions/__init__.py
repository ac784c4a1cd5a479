"""Decisions: their demands, owner, dissent and publication."""
