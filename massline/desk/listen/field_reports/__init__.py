"""Field reports: voices heard at doors and stalls, also written offline."""
