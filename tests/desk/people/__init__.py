"""Accounts, organisations and their scope."""
