"""Conversations from Polis and back: the same folder of files, read and written."""
