"""Assessments: criteria, evidence and forecasts on whether it is time to act."""
