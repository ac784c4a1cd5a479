"""Sealed envelopes: what people leave for organisers, closed on arrival, opened only at the desk."""
