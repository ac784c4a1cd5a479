"""The desk: the organisers' door. The rooms stand in the order of the loop."""
