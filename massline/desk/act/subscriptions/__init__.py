"""Who asked to be told about calls or meetings, by section and language."""
