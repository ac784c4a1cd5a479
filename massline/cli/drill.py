"""`massline drill`: rehearse a restore and a seizure."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from massline.cli.backup import to_click_error
from massline.cli.django_setup import setup_django
from massline.cli.restore import data_argument, identity_option, keys_option, restore_into

if TYPE_CHECKING:
    from massline.desk.guard.backup.postgres_address import Postgres


@click.group()
def drill() -> None:
    """Rehearse a restore, or list what a thief of this disk could read. Nothing of yours is changed."""


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
        rows = restore_into(data, keys, identity_file, folder, servers)
        click.echo(f"It opens: {sum(rows.values())} rows, as many as the backup counted itself.")
        setup_on_copy(folder, {name: server.full_address for name, server in servers.items()})
        failed = report_checks(has_keys=keys is not None)
        close_databases()
    click.echo("The scratch folder is removed.")
    if failed:
        raise click.ClickException(
            f"{failed} of these does not hold. Keep this backup, and make and try a new one."
        )
    click.echo("Everything holds.")


@contextmanager
def scratch_folder(data: Path) -> Iterator[Path]:
    """Make a scratch folder, in memory if a small backup is tried, so that nothing decrypted reaches a disk."""
    from massline.desk.guard.backup.archive import BackupProblem
    from massline.desk.guard.backup.scratch_folder import choose_scratch_folder

    try:
        room = choose_scratch_folder(20 * data.stat().st_size, [])
    except BackupProblem as problem:
        raise to_click_error(problem) from problem
    with tempfile.TemporaryDirectory(prefix="massline-drill-", dir=room) as folder:
        yield Path(folder)


@contextmanager
def scratch_servers(server: str) -> "Iterator[dict[str, Postgres]]":
    from massline.desk.guard.backup.postgres import scratch_databases
    from massline.desk.guard.backup.postgres_address import Postgres, PostgresProblem

    try:
        with scratch_databases(Postgres.of_address(server), ("square", "desk")) as made:
            yield made
    except PostgresProblem as problem:
        raise click.ClickException(str(problem)) from problem


def report_checks(*, has_keys: bool) -> int:
    """Show the result of every check; return how many failed."""
    from massline.desk.people.scope import scope_to_everything

    failed = 0
    with scope_to_everything("looking at what was restored"):
        for holds, says in check_restored(has_keys=has_keys):
            failed += not holds
            click.echo(f"{'   ' if holds else '!  '}{says}")
    return failed


def close_databases() -> None:
    """Close the connections to the restored databases, so that they can be removed."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all():
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()


def setup_on_copy(folder: Path, servers: dict[str, str]) -> None:
    """Set Django up on the restored copy, so that the checks read the copy and nothing else."""
    os.environ["MASSLINE_DATA"] = str(folder)
    for name in ("square", "desk"):
        near = f"sqlite://{quote(str(folder / name))}.sqlite3"
        here = (folder / f"{name}.sqlite3").is_file() or name not in servers
        os.environ[f"MASSLINE_{name.upper()}_DB"] = near if here else servers[name]
    setup_django("desk")
    from django.conf import settings

    if Path(settings.DATA) != folder.resolve():
        raise click.ClickException("This process has looked at other databases before; run the drill alone.")


def check_restored(*, has_keys: bool) -> Iterator[tuple[bool, str]]:
    """Yield the result of each check with its sentence."""
    for database in ("square", "desk"):
        yield from check_database(database)
    yield from check_chains()
    yield from check_keys(has_keys=has_keys)


def check_database(database: str) -> Iterator[tuple[bool, str]]:
    from django.db import connections

    from massline.core.db.pending_migrations import pending_migrations

    if connections[database].vendor == "sqlite":
        yield from check_sqlite_file(database)
    steps = len(pending_migrations(database))
    behind = f"{steps} steps behind; `massline prepare` would bring it up" if steps else "as this version"
    yield True, f"The tables of the {database}: {behind}."


def check_sqlite_file(database: str) -> Iterator[tuple[bool, str]]:
    from django.db import connections

    with connections[database].cursor() as cursor:
        result = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        lost = len(cursor.execute("PRAGMA foreign_key_check").fetchall())
    yield result == "ok", f"The file of the {database}: {'sound' if result == 'ok' else result}."
    yield not lost, f"Rows of the {database} that point to nothing: {lost or 'none'}."


def check_chains() -> Iterator[tuple[bool, str]]:
    """Check the audit chain of every organisation and of the installation."""
    from massline.desk.guard.audit import chain, published_heads
    from massline.desk.people.models import Organisation

    for organisation in (None, *Organisation.objects.all()):
        broken = chain.first_broken_line(organisation)
        whose = organisation.slug if organisation else "the installation"
        yield (
            broken is None,
            f"The audit chain of {whose}: {f'broken at line {broken}' if broken else 'whole'}.",
        )
    wrong = [
        trouble for trouble in published_heads.all_chain_problems() if "breaks at line" not in trouble.say
    ]
    for trouble in wrong:
        yield False, f"The chain of {trouble.chain} {trouble.say}."
    if not wrong:
        yield True, "The heads of the chains: as they were published."


def check_keys(*, has_keys: bool) -> Iterator[tuple[bool, str]]:
    """Check that every organisation with contacts has a key-holder who can open them."""
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
    """Report what somebody who carries this disk away would get; no content is shown."""
    setup_django("desk")
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("seeing what a seized disk gives away"):
        leaks = [
            leak for database in ("square", "desk") for leak in report_leaks(database)
        ] + find_unused_first_link()
        report_courier_keys()
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


def report_leaks(database: str) -> list[str]:
    """Show the contents of one database by kind; return what should not be readable."""
    from massline.desk.guard.seizure_audit import audit_tables

    leaks: list[str] = []
    click.echo(f"The database of the {database}:")
    for seen in audit_tables(database):
        click.echo(f"  {seen.kind:<8} {seen.rows:>9} {seen.table}: {seen.what}")
        leaks += [f"{seen.table}.{column}: {count} rows" for column, count in seen.readable.items()]
        leaks += [f"{seen.table}: {seen.what}"] if seen.kind == "not declared" else []
    return leaks


def report_courier_keys() -> None:
    """Show what the worker's courier keys open: intended, but organisers must know it."""
    from massline.desk.guard.keys import courier_keys
    from massline.square.envelopes.models import CourierCopy, CourierKey

    files = {file.name for file in courier_keys.key_folder().iterdir()}
    keys = [key for key in CourierKey.objects.exclude(about=None) if key.uuid.hex in files]
    copies = CourierCopy.objects.filter(key__in=keys).count()
    click.echo(
        f"The worker's courier keys: {len(keys)} in use; with them the addresses of {copies} sign-ups open, without a\n"
        "name, until two days after each event. Run the worker under an account of its own, and encrypt the disk."
    )


def find_unused_first_link() -> list[str]:
    """Report the demonstration's first link, which carries its key and is stored in a file until it is used."""
    from django.conf import settings

    from massline.desk.guard.accounts.invitations import find_invitation

    kept = Path(settings.DATA) / "demo.way-in"
    if kept.is_file() and find_invitation(kept.read_text()):
        return [f"{kept.name} opens the demonstration's vault; come in by it, and it opens nothing any more"]
    return []
