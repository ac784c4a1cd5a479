"""The fast lane: a call goes out by two persons' taps, and what was skipped is owed with an hour."""
