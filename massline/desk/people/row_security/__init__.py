"""PostgreSQL backend and policies that apply the open scope to every query of the desk."""
