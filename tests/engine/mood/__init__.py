"""The mood estimate: properties, cases and real readings."""
