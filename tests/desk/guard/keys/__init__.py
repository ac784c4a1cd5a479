"""Keys, vaults, holders and paper recovery."""
