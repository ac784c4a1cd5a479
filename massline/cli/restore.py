"""`massline restore`: a backup back into a folder, into empty databases or in place of an installed house."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import click

from massline.cli.backup import show_counts, to_click_error
from massline.core.db.sqlite import prefer_bundled_sqlite

if TYPE_CHECKING:
    from massline.desk.guard.backup.postgres_address import Postgres

data_argument = click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
keys_option = click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The key bag that was made with it; without it no contact can be opened.",
)
identity_option = click.option(
    "--identity",
    "identity_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The file with your age identity (AGE-SECRET-KEY-…).",
)
square_option = click.option(
    "--square-db", help="Where the backup is of PostgreSQL: an empty database for the square."
)
desk_option = click.option("--desk-db", help="The same for the desk.")


@click.command()
@data_argument
@keys_option
@identity_option
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="An empty folder.")
@click.option(
    "--in-place",
    is_flag=True,
    help="In the place of the house that `massline install` set up here; what was there is set aside.",
)
@square_option
@desk_option
def restore(
    data: Path,
    keys: Path | None,
    identity_file: Path,
    folder: Path | None,
    in_place: bool,
    square_db: str | None,
    desk_db: str | None,
) -> None:
    """Write a backup back into an empty folder or empty databases, and check it against its own counts."""
    if in_place == (folder is not None):
        raise click.ClickException("Name an empty folder by --to, or say --in-place.")
    if folder is None:
        restore_in_place(data, keys, identity_file)
        return
    if folder.is_dir() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty. Nothing was changed; name an empty folder.")
    show_counts(
        restore_into(data, keys, identity_file, folder, parse_servers(square=square_db, desk=desk_db))
    )
    if keys is None:
        click.echo("Without its key bag no contact in it can be opened; the sheets of paper still can.")
    click.echo(
        f"Everything is in {folder}. To open the doors on it: {opening_command(folder, square_db, desk_db)}"
    )
    if square_db or desk_db:
        click.echo("Put the databases' passwords, which are left out here, into these addresses.")


def restore_in_place(data: Path, keys: Path | None, identity_file: Path) -> None:
    """Stop the installed house, put the backup in place, prepare it and start again."""
    from massline.cli.install.layout import DESK
    from massline.cli.install.replaced_databases import BackupFiles, put_backup_in_place
    from massline.cli.install.running_services import start_services, stop_services
    from massline.cli.install.service_account import require_root, run_as

    require_root()
    command = Path(sys.argv[0]).resolve()
    stop_services()
    try:
        aside = put_backup_in_place(BackupFiles(data, keys, identity_file))
        click.echo(f"What was there is in {aside}. Remove it once nobody misses anything.")
        run_as(DESK, command, "prepare")
        run_as(DESK, command, "backup", "--if-due")
        # Courier keys are in no backup; those of this house's folder stay.
        run_as(DESK, command, "doctor", "--give-up-courier-keys", silent=True)
    finally:
        start_services()
    sys.exit(run_as(DESK, command, "doctor").returncode)


def opening_command(folder: Path, square_db: str | None, desk_db: str | None) -> str:
    """The command that opens the doors on what was restored; never with a password in it."""
    addresses = {"SQUARE": square_db, "DESK": desk_db}
    named = [
        f"MASSLINE_{name}_DB={shlex.quote(leave_out_password(address))}"
        for name, address in addresses.items()
        if address
    ]
    return " ".join([f"MASSLINE_DATA={shlex.quote(str(folder))}", *named, "massline up --empty"])


def leave_out_password(address: str) -> str:
    """The address of a database as it was given, but for its password.

    >>> leave_out_password("postgresql://desk:secret@[::1]:5432/desk?sslmode=verify-full&password=secret")
    'postgresql://desk@[::1]:5432/desk?sslmode=verify-full'
    """
    parts = urlsplit(address)
    who, at, where = parts.netloc.rpartition("@")
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "password"]
    return urlunsplit(
        parts._replace(netloc=f"{who.partition(':')[0]}{at}{where}", query=urlencode(query, safe="/"))
    )


def parse_servers(**given: str | None) -> "dict[str, Postgres]":
    from massline.desk.guard.backup.postgres_address import Postgres, PostgresProblem

    try:
        return {name: Postgres.of_address(address) for name, address in given.items() if address}
    except PostgresProblem as problem:
        raise click.ClickException(str(problem)) from problem


def restore_into(
    data: Path,
    keys: Path | None,
    identity_file: Path,
    folder: Path,
    servers: "dict[str, Postgres] | None" = None,
) -> dict[str, int]:
    """Restore into a folder that only this account can read; return the rows of each table."""
    prefer_bundled_sqlite()
    from massline.desk.guard.backup.archive import BackupProblem
    from massline.desk.guard.backup.dump import restore_backup

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        rows = restore_backup(data, keys, read_identity(identity_file), folder, servers=servers)
    except BackupProblem as problem:
        raise to_click_error(problem) from problem
    for copy in folder.glob("*.sqlite3"):
        copy.chmod(0o600)
    return rows


def read_identity(file: Path) -> str:
    """Read the identity from a file as age-keygen writes it, with comments."""
    lines = [line.strip() for line in file.read_text().splitlines()]
    identity = next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), None)
    if identity is None:
        raise click.ClickException(f"{file} holds no age identity (a line AGE-SECRET-KEY-…).")
    return identity
