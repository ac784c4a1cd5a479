"""After-action reviews, their lessons, and the next listening round that a lesson opens."""
