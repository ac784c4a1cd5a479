"""Exposures: analyses with sources, born of questions that many people ask."""
