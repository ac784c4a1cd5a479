"""Published calls and public events, with their calendars and feeds."""
