"""Today: what needs you now; and the whole turn of the loop on one page."""
