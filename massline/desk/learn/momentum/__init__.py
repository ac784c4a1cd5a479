"""Momentum: our own turnout, new faces and who stayed, beside the trend of what we track."""
