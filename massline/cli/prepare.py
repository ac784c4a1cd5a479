"""`massline prepare`: upgrade databases and static files, for doors that run as separate processes."""

import click

from massline.cli.django_setup import setup_django


@click.command()
@click.option(
    "--door",
    type=click.Choice(["square", "desk"]),
    default="desk",
    show_default=True,
    help="The desk prepares both databases, the square only its own.",
)
def prepare(door: str) -> None:
    """Create databases and static files, or bring them up to this version. `up` does it by itself."""
    setup_django(door)
    from massline.cli import first_start

    first_start.ensure_data_folder()
    first_start.prepare_databases(click.echo)
    first_start.prepare_static(click.echo)
    click.echo("Everything is ready.")
