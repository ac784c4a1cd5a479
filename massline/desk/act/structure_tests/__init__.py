"""Structure tests: one visible deed, counted by section; never a list of people."""
