"""Drills: faults caused on purpose, to show that nothing acknowledged is lost. `make drills` runs them."""
