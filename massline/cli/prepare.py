"""Bringing databases and static files up to this version, where the doors run as processes of their own."""

import click

from massline.cli.bootstrap import open_house


@click.command()
@click.option(
    "--door",
    type=click.Choice(["square", "desk"]),
    default="desk",
    show_default=True,
    help="The desk prepares both databases, the square only its own.",
)
def prepare(door: str) -> None:
    """Prepare databases and static files; run it after each upgrade. `up` does it by itself."""
    open_house(door)
    from massline.cli import first_start

    first_start.need_data_folder()
    first_start.prepare_databases(click.echo)
    first_start.prepare_static(click.echo)
    click.echo("Everything is ready.")
