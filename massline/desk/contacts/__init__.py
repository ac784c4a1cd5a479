"""Lists of contacts: brought in with a look before, taken back whole, let out by two persons' word."""
