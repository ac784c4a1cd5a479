"""`massline backup`: both databases in two files, encrypted to their recipients."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from massline.cli.django_setup import setup_django

if TYPE_CHECKING:
    from massline.desk.guard.backup.archive import BackupProblem
    from massline.desk.guard.backup.postgres_address import Postgres


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put it; else MASSLINE_BACKUP_FOLDER.",
)
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    help="Who may open it (age1…), at least two; give it once for each. Else MASSLINE_BACKUP_RECIPIENTS.",
)
@click.option(
    "--if-due",
    is_flag=True,
    help="Do what the worker does: a backup if the last is a day old, a test restore if the last is a week old.",
)
def backup(folder: Path | None, recipients: tuple[str, ...], if_due: bool) -> None:
    """Write a copy of both databases while everything runs, encrypted to at least two recipients."""
    setup_django("desk")
    from django.conf import settings
    from django.utils import timezone

    from massline.desk.guard.backup import status
    from massline.desk.guard.backup.archive import BackupProblem
    from massline.desk.guard.backup.dump import make_backup
    from massline.desk.guard.backup.models import BackupEvent

    if if_due:
        do_what_is_due()
        return
    into = folder or settings.BACKUP_FOLDER
    if not into:
        raise click.ClickException("Name a folder by --to, or set MASSLINE_BACKUP_FOLDER.")
    readers = recipients or settings.BACKUP_RECIPIENTS
    try:
        made = make_backup(find_databases(), Path(into), readers, now=timezone.now())
    except BackupProblem as problem:
        raise to_click_error(problem) from problem
    status.record_run(BackupEvent.BACKUP, held=True)
    show_counts(made.rows)
    click.echo(f"The data:    {made.data}")  # an upgrade reads this line
    click.echo(f"The key bag: {made.keys}")
    click.echo(
        "Keep the two in different places, and the key bag for thirty days at most: an old one would bring\n"
        "back keys that were destroyed. Then try it: massline drill restore"
    )


def do_what_is_due() -> None:
    """Make a backup and try one, where either is due; a timer does this beside the worker, which may be down."""
    from django.conf import settings

    from massline.desk.guard.backup import schedule
    from massline.desk.guard.backup.archive import BackupProblem

    if not settings.BACKUP_FOLDER:
        raise click.ClickException("MASSLINE_BACKUP_FOLDER is not set: nothing is ever due.")
    find_databases()
    try:
        made = schedule.back_up_if_due()
    except BackupProblem as problem:
        raise to_click_error(problem) from problem
    click.echo(f"A backup was made: {made.data}" if made else "No backup is due.")
    held = schedule.rehearse_restore_if_due()
    if held is False:
        raise click.ClickException(
            "The newest backup could not be brought back: see `massline drill restore`."
        )
    click.echo(
        "It was brought back into a scratch folder, and everything held." if held else "No try is due."
    )


def find_databases() -> "dict[str, Path | Postgres]":
    """Locate the databases. Raises ClickException for a file that does not exist yet."""
    from massline.desk.guard.backup.schedule import backup_sources

    sources_by_name = backup_sources()
    for name, where in sources_by_name.items():
        if isinstance(where, Path) and not where.is_file():
            raise click.ClickException(
                f"There is no database of the {name} at {where} yet; run `massline prepare`."
            )
    return sources_by_name


def show_counts(rows: dict[str, int]) -> None:
    for name in sorted({table.split(".")[0] for table in rows}):
        mine = {table: count for table, count in rows.items() if table.startswith(f"{name}.")}
        click.echo(f"The {name}: {sum(mine.values())} rows in {len(mine)} tables")
        for table, count in sorted(mine.items()):
            if count:
                click.echo(f"  {count:>9} {table.split('.', 1)[1]}")


def to_click_error(problem: "BackupProblem") -> click.ClickException:
    return click.ClickException(str(problem))
