"""Work that is done after the answer: a lease-based job table on either database, and its worker."""
