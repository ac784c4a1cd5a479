"""Results of a conversation: snapshots, shares by section and the results page."""
