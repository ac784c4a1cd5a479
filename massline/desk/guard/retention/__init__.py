"""What needs two key-holders, legal holds, and what is deleted when."""
