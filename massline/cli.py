"""`massline`: every command by name, loaded only when it is called, so that asking for help is quick."""

import click

from massline import __version__
from massline.commands.lazy import LazyGroup
from massline.files import COMMANDS as ESTIMATES

HOUSE = {
    "up": "massline.commands.up:up",
    "serve": "massline.commands.serve:serve",
    "work": "massline.commands.serve:work",
    "prepare": "massline.commands.prepare:prepare",
    "doctor": "massline.commands.doctor:doctor",
    "recovery": "massline.commands.recovery:recovery",
    "backup": "massline.commands.backup:backup",
    "restore": "massline.commands.backup:restore",
    "drill": "massline.commands.drill:drill",
    "import": "massline.commands.polis_folders:bring_in",
    "export": "massline.commands.polis_folders:take_out",
}


@click.group(cls=LazyGroup, sections={"The house": HOUSE, "Estimates on files": ESTIMATES})
@click.version_option(__version__, prog_name="massline")
def main() -> None:
    """Organising software for grassroots groups: listen, sum up, decide, call, act, learn."""
