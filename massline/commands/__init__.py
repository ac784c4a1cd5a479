"""What a person runs at a terminal: one module for each idea; massline/cli/__init__.py names them all."""
