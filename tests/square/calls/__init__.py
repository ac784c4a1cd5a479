"""Stories of published calls and sign-ups."""
