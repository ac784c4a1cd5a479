"""Conversations from Polis and back: the same folder of files, read and written, on a disk or in an archive."""
