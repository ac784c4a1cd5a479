"""Representation: who agrees with nothing in a sum-up, by section and opinion part, and what would leave fewer out."""
