"""Contacts from a list: preview, column mapping, import and undo."""
