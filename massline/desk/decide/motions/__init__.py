"""Motions: amendments, speakers, hands, paper and phones in one count."""
