"""Contacts as CSV, XLSX or OSDI, released by two key-holders."""
