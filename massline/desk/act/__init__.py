"""Events, attendance, and everybody's next step."""
