"""`massline import polis` and `massline export`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from massline.cli.django_setup import setup_django

if TYPE_CHECKING:
    from massline.square.conversations.models import Conversation
    from massline.square.organisations.models import PublicOrganisation


@click.group(name="import")
def import_group() -> None:
    """Import a conversation from another tool into the public site."""


@import_group.command(name="polis")
@click.argument("source", type=click.Path(allow_dash=True, path_type=Path))
@click.option(
    "--organisation", metavar="SLUG", help="Whose conversation it becomes; needed where there are several."
)
@click.option("--closed", is_flag=True, help="Nobody can vote in it any more.")
def import_polis(source: Path, organisation: str | None, closed: bool) -> None:
    """Make a conversation from SOURCE, exported from Polis (or from Massline).

    SOURCE is the folder or the zip that holds comments.csv, one of its files, or - for the standard input.
    """
    if str(source) != "-" and not source.exists():
        raise click.ClickException(f"{source} is not there; give the folder or zip that holds comments.csv.")
    setup_django("square")
    from massline.files.polis_file_kinds import open_export
    from massline.square.conversations.polis import folder_import
    from massline.square.conversations.polis.folder_reader import read_folder

    read = read_folder(open_export(source))
    folder_import.require_known_levels(read)
    owner = choose_organisation(organisation)
    here = folder_import.find_existing_conversation(read, owner)
    if here is not None:
        click.echo(f"“{here.question}” is here already, at {_address(here)}; nothing was changed.")
        return
    rows = len(read.participants) + len(read.statements) + len(read.votes)
    with click.progressbar(length=rows, label="Bringing it in", file=sys.stderr) as bar:
        conversation = folder_import.import_conversation(
            read, organisation=owner, closed=closed, done=bar.update
        )
    turned_down = sum(statement.state == "turned_down" for statement in read.statements)
    click.echo(
        f"“{conversation.question}” is at {_address(conversation)}: {len(read.participants):,} participants, "
        f"{len(read.statements):,} statements ({turned_down:,} turned down), {len(read.votes):,} votes "
        f"({read.replaced:,} earlier ones were replaced by the same participant)."
    )


@click.command(name="export")
@click.argument("conversation", metavar="ORGANISATION/CONVERSATION")
@click.argument("folder", type=click.Path(path_type=Path))
def export_polis(conversation: str, folder: Path) -> None:
    """Write a conversation into a new FOLDER of CSV files that Polis tools can read."""
    if folder.exists():
        raise click.ClickException(f"{folder} is there already; give a folder that is not.")
    setup_django("square")
    from massline.square.conversations.polis import folder_writer

    chosen = choose_conversation(conversation)
    votes = folder_writer.export_conversation(chosen, folder)
    click.echo(f"“{chosen.question}” is in {folder}: {votes:,} votes.")


def choose_organisation(slug: str | None) -> "PublicOrganisation":
    from massline.square.organisations.models import PublicOrganisation

    known = {organisation.slug: organisation for organisation in PublicOrganisation.objects.all()}
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug in known:
        return known[slug]
    if not known:
        raise click.ClickException("No organisation is on the square yet; found one at the desk first.")
    wrong = f"There is no organisation {slug} on the square" if slug else "Say whose conversation it becomes"
    raise click.ClickException(f"{wrong}; --organisation is one of {', '.join(sorted(known))}.")


def choose_conversation(name: str) -> "Conversation":
    from massline.square.conversations.models import Conversation

    organisation, _, slug = name.partition("/")
    conversation = Conversation.objects.talks().filter(organisation__slug=organisation, slug=slug).first()
    if conversation is not None:
        return conversation
    there = [f"{row.organisation.slug}/{row.slug}" for row in _some_conversations()]
    raise click.ClickException(
        f"There is no conversation {name}; there are {', '.join(there) or 'none yet'}."
    )


def _some_conversations() -> "list[Conversation]":
    from massline.square.conversations.models import Conversation

    return list(Conversation.objects.talks().select_related("organisation").order_by("-opens_at")[:20])


def _address(conversation: "Conversation") -> str:
    from massline.web.absolute_urls import public_url

    return public_url(conversation.get_absolute_url())
