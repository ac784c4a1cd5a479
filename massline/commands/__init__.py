"""Commands for a terminal, one module each; massline/cli/__init__.py lists them."""
