"""What a person runs at a terminal: one module for each idea; massline/cli.py names them all."""
