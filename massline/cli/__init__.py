"""`massline`: every command by name, loaded only when it is called, so that asking for help is quick."""

import click

from massline import __version__
from massline.cli.lazy_group import LazyGroup
from massline.files import COMMANDS as ESTIMATES

HOUSE = {
    "up": "massline.cli.up:up",
    "serve": "massline.cli.serve:serve",
    "work": "massline.cli.serve:work",
    "prepare": "massline.cli.prepare:prepare",
    "doctor": "massline.cli.doctor.command:doctor",
    "recovery": "massline.cli.recovery:recovery",
    "backup": "massline.cli.backup:backup",
    "restore": "massline.cli.backup:restore",
    "drill": "massline.cli.drill:drill",
    "import": "massline.cli.polis:bring_in",
    "export": "massline.cli.polis:take_out",
}


@click.group(cls=LazyGroup, sections={"The house": HOUSE, "Estimates on files": ESTIMATES})
@click.version_option(__version__, prog_name="massline")
def main() -> None:
    """Organising software for grassroots groups: listen, sum up, decide, call, act, learn."""
