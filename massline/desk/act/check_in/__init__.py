"""The door of an event: codes in place of names, and the sheet that is typed in after it."""
