"""After-action reviews: expected, happened, changed."""
