"""Programmes of mutual aid: sessions, their counts, and notices that ask or offer without a means test."""
