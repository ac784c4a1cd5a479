"""`massline drill`: try today what must hold on the worst day."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from massline.cli.backup import bring_back, data_argument, identity_option, keys_option
from massline.cli.bootstrap import open_house

if TYPE_CHECKING:
    from massline.desk.guard.backup.postgres import Postgres


@click.group()
def drill() -> None:
    """Try a restore, or a seizure, before it is serious. Nothing of yours is changed."""


@drill.command("restore")
@data_argument
@keys_option
@identity_option
@click.option("--server", help="For a backup of PostgreSQL: where scratch databases may be made.")
def restore_(data: Path, keys: Path | None, identity_file: Path, server: str | None) -> None:
    """Restore a backup into a scratch folder, look whether everything holds, and remove it."""
    with ExitStack() as scratch:
        folder = scratch.enter_context(scratch_folder(data))
        servers = scratch.enter_context(scratch_servers(server)) if server else {}
        rows = bring_back(data, keys, identity_file, folder, servers)
        click.echo(f"It opens: {sum(rows.values())} rows, as many as the backup counted itself.")
        wake_in(folder, {name: one.full_address for name, one in servers.items()})
        failed = look_around(has_keys=keys is not None)
        sleep_again()
    click.echo("The scratch folder is removed.")
    if failed:
        raise click.ClickException(
            f"{failed} of these does not hold. Keep this backup, and make and try a new one."
        )
    click.echo("Everything holds.")


@contextmanager
def scratch_folder(data: Path) -> Iterator[Path]:
    """In memory where there is room, so that nothing opened is ever written to a disk."""
    from massline.desk.guard.backup.dump import choose_scratch_folder

    room = choose_scratch_folder(20 * data.stat().st_size, [])
    with tempfile.TemporaryDirectory(prefix="massline-drill-", dir=room) as folder:
        yield Path(folder)


@contextmanager
def scratch_servers(server: str) -> "Iterator[dict[str, Postgres]]":
    from massline.desk.guard.backup.postgres import Postgres, PostgresProblem, scratch_databases

    try:
        with scratch_databases(Postgres.of_address(server), ("square", "desk")) as made:
            yield made
    except PostgresProblem as problem:
        raise click.ClickException(str(problem)) from problem


def look_around(*, has_keys: bool) -> int:
    """Say each thing that must hold; give how many do not."""
    from massline.desk.people.scope import everything

    failed = 0
    with everything("looking at what was restored"):
        for holds, says in looks(has_keys=has_keys):
            failed += not holds
            click.echo(f"{'   ' if holds else '!  '}{says}")
    return failed


def sleep_again() -> None:
    """Let go of the restored databases, so that they can be removed."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all():
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()


def wake_in(folder: Path, servers: dict[str, str]) -> None:
    """Open the house on what was restored, so that what is looked at is the copy and nothing else."""
    os.environ["MASSLINE_DATA"] = str(folder)
    for name in ("square", "desk"):
        near = f"sqlite://{quote(str(folder / name))}.sqlite3"
        here = (folder / f"{name}.sqlite3").is_file() or name not in servers
        os.environ[f"MASSLINE_{name.upper()}_DB"] = near if here else servers[name]
    open_house("desk")
    from django.conf import settings

    if Path(settings.DATA) != folder.resolve():
        raise click.ClickException("This process has looked at other databases before; run the drill alone.")


def looks(*, has_keys: bool) -> Iterator[tuple[bool, str]]:
    """Each thing that must hold, and the sentence for it."""
    for database in ("square", "desk"):
        yield from sound(database)
    yield from chains()
    yield from keys_fit(has_keys=has_keys)


def sound(database: str) -> Iterator[tuple[bool, str]]:
    from django.db import connections

    from massline.cli.first_start import pending_migrations

    if connections[database].vendor == "sqlite":
        yield from sound_file(database)
    steps = len(pending_migrations(database))
    behind = f"{steps} steps behind; `massline prepare` would bring it up" if steps else "as this version"
    yield True, f"The tables of the {database}: {behind}."


def sound_file(database: str) -> Iterator[tuple[bool, str]]:
    from django.db import connections

    with connections[database].cursor() as cursor:
        said = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        lost = len(cursor.execute("PRAGMA foreign_key_check").fetchall())
    yield said == "ok", f"The file of the {database}: {'sound' if said == 'ok' else said}."
    yield not lost, f"Rows of the {database} that point to nothing: {lost or 'none'}."


def chains() -> Iterator[tuple[bool, str]]:
    """The audit chain of every organisation, and the one of the installation itself."""
    from massline.desk.guard.audit import chain, heads
    from massline.desk.people.models import Organisation

    for organisation in (None, *Organisation.objects.all()):
        broken = chain.first_broken_line(organisation)
        whose = organisation.slug if organisation else "the installation"
        yield (
            broken is None,
            f"The audit chain of {whose}: {f'broken at line {broken}' if broken else 'whole'}.",
        )
    wrong = [one for one in heads.all_chain_problems() if "breaks at line" not in one.say]
    for one in wrong:
        yield False, f"The chain of {one.chain} {one.say}."
    if not wrong:
        yield True, "The heads of the chains: as they were published."


def keys_fit(*, has_keys: bool) -> Iterator[tuple[bool, str]]:
    """With its key bag every organisation that keeps contacts has somebody who can open them."""
    from massline.desk.guard.keys.models import HolderSeal
    from massline.desk.people.models import Contact, Organisation

    if not has_keys:
        yield (
            True,
            "No key bag was given: from this file alone no holder opens a contact, only the sheets of paper.",
        )
        return
    for organisation in Organisation.objects.filter(pk__in=Contact.objects.values("organisation")):
        newest = organisation.keys.first()
        seals = HolderSeal.objects.filter(key=newest).count()
        yield seals > 0, f"Key-holders who can open {organisation.slug}: {seals}."


@drill.command()
def seizure() -> None:
    """Say what somebody who carries this disk away would get; no content is shown."""
    open_house("desk")
    from massline.desk.people.scope import everything

    with everything("seeing what a seized disk gives away"):
        leaks = [leak for database in ("square", "desk") for leak in leaks_of(database)] + open_way_in()
        courier_keys()
    click.echo(
        "\npublic: on the public page anyway. sealed: these columns open with a key-holder's passphrase or the sheets of\n"
        "paper; the rest of the row can be read. inside: can be read by whoever has the disk. Encrypt the disk as well.\n"
        "People by design: the names organisers call themselves by, and which organisation they are in.\n"
        f"Ways to reach somebody that can be read: {'none' if not leaks else len(leaks)}"
    )
    for leak in leaks:
        click.echo(f"!  {leak}")
    if leaks:
        raise click.ClickException(
            "Take these out: at the desk, or by asking whoever changed Massline. A name alone is not recognised."
        )


def leaks_of(database: str) -> list[str]:
    """Show what one database holds, and give what of it should not be readable."""
    from massline.desk.guard.seizure_audit import audit_tables

    leaks: list[str] = []
    click.echo(f"The database of the {database}:")
    for seen in audit_tables(database):
        click.echo(f"  {seen.kind:<8} {seen.rows:>9} {seen.table}: {seen.what}")
        leaks += [f"{seen.table}.{column}: {count} rows" for column, count in seen.readable.items()]
        leaks += [f"{seen.table}: {seen.what}"] if seen.kind == "not declared" else []
    return leaks


def courier_keys() -> None:
    """Say what the worker's own files open; it is meant to be so, and must be known."""
    from massline.desk.guard.keys import courier
    from massline.square.envelopes.models import CourierCopy, CourierKey

    files = {file.name for file in courier.key_folder().iterdir()}
    keys = [key for key in CourierKey.objects.exclude(about=None) if key.uuid.hex in files]
    copies = CourierCopy.objects.filter(key__in=keys).count()
    click.echo(
        f"The worker's courier keys: {len(keys)} in use; with them the addresses of {copies} sign-ups open, without a\n"
        "name, until two days after each event. Run the worker under an account of its own, and encrypt the disk."
    )


def open_way_in() -> list[str]:
    """The demonstration's first link carries its key and lies in a file until somebody came in by it."""
    from django.conf import settings

    from massline.desk.guard.accounts.invitations import find_invitation

    kept = Path(settings.DATA) / "demo.way-in"
    if kept.is_file() and find_invitation(kept.read_text()):
        return [f"{kept.name} opens the demonstration's vault; come in by it, and it opens nothing any more"]
    return []
