"""Leading a conversation from the desk: settings, moderation, results for organisers."""
