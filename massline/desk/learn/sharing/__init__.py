"""Lessons shared with other installations as signed files, and trials of them by chapters."""
