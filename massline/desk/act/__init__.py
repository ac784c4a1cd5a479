"""Events, attendance, check-in, messages, meetings, legal support, programmes, structure tests and growth."""
