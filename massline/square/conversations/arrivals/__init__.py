"""The open door: how many came in on which day, and days whose newcomers are not counted."""
