"""The ground all rooms share: environment, lifetimes, sealed columns, the disclosure threshold. Imports the engine's Threshold only."""
