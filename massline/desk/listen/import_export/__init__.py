"""Import of voices, statements and votes after a preview, and export of a round."""
