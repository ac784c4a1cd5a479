"""Elections: a choice between several options, by phone and on paper in one count, that anybody can count again."""
