"""Claims and their citations, the number check, signing and the report-back."""
