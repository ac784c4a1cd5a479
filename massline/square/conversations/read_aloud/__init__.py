"""Statements read aloud by a program of this machine, as small audio files, where it is installed."""
