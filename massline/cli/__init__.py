"""The `massline` command. Subcommands are imported only when called, so that `--help` is quick."""

import click

from massline import __version__
from massline.cli.lazy_group import LazyGroup
from massline.files import COMMANDS as ESTIMATES

COMMANDS = {
    "up": "massline.cli.up:up",
    "serve": "massline.cli.serve:serve",
    "work": "massline.cli.serve:work",
    "prepare": "massline.cli.prepare:prepare",
    "first-login": "massline.cli.first_organiser_link:print_first_organiser_link",
    "allow-founding": "massline.cli.founding_permit:allow_founding",
    "doctor": "massline.cli.doctor.command:doctor",
    "install": "massline.cli.install.command:install",
    "upgrade": "massline.cli.install.upgrade:upgrade",
    "rollback": "massline.cli.install.upgrade:rollback",
    "as": "massline.cli.install.service_account:run_as_service",
    "recovery": "massline.cli.recovery_sheets:recovery",
    "backup": "massline.cli.backup:backup",
    "restore": "massline.cli.restore:restore",
    "drill": "massline.cli.drill:drill",
    "import": "massline.cli.polis_import_export:import_group",
    "export": "massline.cli.polis_import_export:export_polis",
}


# What commands were called before, for scripts that still do.
OLD_NAMES = {"way-in": "first-login"}


@click.group(
    cls=LazyGroup,
    sections={"Running Massline": COMMANDS, "Estimates on files": ESTIMATES},
    old_names=OLD_NAMES,
)
@click.version_option(__version__, prog_name="massline")
def main() -> None:
    """Organising software for grassroots groups: listen, sum up, decide, call, act, learn."""
