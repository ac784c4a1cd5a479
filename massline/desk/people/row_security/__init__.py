"""PostgreSQL that is told, before each query of the desk, whose rows may be seen (massline.desk.people.row_security.policies)."""
