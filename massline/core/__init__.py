"""What every room builds on: environment, expiry, sealed columns, refusals, the databases. Imports no room."""
