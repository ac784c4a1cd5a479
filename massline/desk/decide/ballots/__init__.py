"""Rolls, rules and counts that principles, comparisons and motions share."""
