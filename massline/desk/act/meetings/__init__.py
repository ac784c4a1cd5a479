"""The mass meeting: what is talked about, by whom, for how long, and what nobody leaves without."""
