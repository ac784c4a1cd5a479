"""Findings, the words behind them, the number check and the report-back."""
