"""Points of unity: a common text that several organisations agree on."""
