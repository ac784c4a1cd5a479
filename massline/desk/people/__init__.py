"""Organisations, accounts, sections, contacts and their next steps."""
