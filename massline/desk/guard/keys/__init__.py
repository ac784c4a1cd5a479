"""Organisation and account keys: holders, seals, unlocking, rotation, paper recovery."""
