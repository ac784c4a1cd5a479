"""Field reports: what organisers heard at doors and stalls, also written offline."""
