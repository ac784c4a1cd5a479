"""Is it time? Criteria, evidence and forecasts."""
