"""Both sites at once: who may open what, and what a stolen disk gives away."""
