"""The square's front page, the organisation's page and what's next."""
