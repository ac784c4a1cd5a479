"""The page Today, and one turn of the loop on one page."""
