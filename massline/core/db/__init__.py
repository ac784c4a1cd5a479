"""The two databases: which model lives where, and how SQLite is opened."""
