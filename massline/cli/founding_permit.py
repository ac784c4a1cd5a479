"""`massline allow-founding`: the word of whoever runs the installation for a new organisation with a public page."""

import click

from massline.cli.django_setup import setup_django


@click.command()
@click.argument("name")
def allow_founding(name: str) -> None:
    """Let the organiser called NAME start one organisation with a public page."""
    setup_django("desk")
    from massline.desk.people.models import Account

    if not Account.objects.filter(name=name, is_active=True).update(may_found=True):
        raise click.ClickException(f"Nobody here is called {name}. Names are as at login, capitals included.")
    click.echo(f"{name} can found one organisation now.")
