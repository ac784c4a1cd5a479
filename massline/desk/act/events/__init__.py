"""Events and series: facts, timeslots, changes and calendars."""
