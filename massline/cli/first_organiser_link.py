"""`massline first-login`: the first organiser's link, for houses whose doors run as processes of their own."""

import click

from massline.cli.django_setup import setup_django


@click.command("first-login")
def print_first_organiser_link() -> None:
    """Print the link with which the first organiser logs in. It works once; a new one replaces it."""
    setup_django("desk")
    from django.conf import settings

    from massline.cli import first_start
    from massline.core.db.pending_migrations import pending_migrations
    from massline.desk.people.scope import scope_to_everything

    if pending_migrations("desk"):
        raise click.ClickException("The desk's tables are not there yet. Run `massline prepare` first.")
    with scope_to_everything("the first start"):
        secret = first_start.first_link_secret()
    if secret is None:
        raise click.ClickException(
            "Somebody has come in already, so there is no first link any more. Key-holders invite others at the desk."
        )
    click.echo(first_start.build_link(secret, settings.DESK_URL))
    click.echo(f"It works once, within {first_start.link_lifetime_days()} days.", err=True)
