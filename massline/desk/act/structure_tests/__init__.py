"""Structure tests: one visible deed, counted section by section; never a list of who did not."""
