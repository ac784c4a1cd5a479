"""Attendance: sign-ups, presence and next steps."""
