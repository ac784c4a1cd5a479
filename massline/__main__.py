"""`python -m massline`: the same as `massline`."""

from massline.cli import main

main(prog_name="massline")
