"""Facts of calls, events, listening rounds and report-backs as they are printed and shared, each written once."""
