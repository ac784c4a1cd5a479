"""What needs two key-holders, and what is deleted when."""
