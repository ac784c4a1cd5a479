"""Running a round's conversation from the desk: dates, moderation, and how results are shown."""
