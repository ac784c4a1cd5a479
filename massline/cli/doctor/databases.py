"""Checks of a database that answers: file, row-level security, clock and jobs."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from massline.cli.doctor.database_logs import check_log
from massline.cli.doctor.finding import Finding
from massline.cli.table_owners import foreign_tables
from massline.core.db.pending_migrations import pending_migrations
from massline.jobs.heartbeats import is_worker_alive
from massline.jobs.models import Job
from massline.jobs.worker import databases

OVERDUE = timedelta(minutes=5)


def check_database(database: str) -> Iterator[Finding]:
    """Check one database that answers."""
    pending = pending_migrations(database)
    if pending:
        yield Finding(
            "do",
            f"The database of the {database} is behind this version ({len(pending)} steps).",
            "Run `massline prepare`, then start again.",
        )
        return
    yield Finding("fine", f"The database of the {database} is up to date ({connections[database].vendor}).")
    yield from check_owners(database)
    yield from check_file(database)
    yield from check_log(database)
    if database == "desk":
        yield from check_row_security()
    yield from check_clock(database)
    yield from check_jobs(database)


def check_owners(database: str) -> Iterator[Finding]:
    """Check that the tables on PostgreSQL belong to the database's owner; another's lock its role out."""
    strangers = foreign_tables(database)
    if strangers:
        yield Finding(
            "do",
            f"{len(strangers)} tables of the {database} belong to another role than the database does, among them "
            f"{strangers[0]}: its own role cannot use them.",
            "Run `massline prepare` as the role that has them, or ALTER TABLE … OWNER TO the database's owner.",
        )


def check_file(database: str) -> Iterator[Finding]:
    connection = connections[database]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        result = cursor.fetchone()
    if result != ("ok",):
        yield Finding(
            "do",
            f"The file of the {database} is damaged.",
            "Stop Massline and restore the last backup; keep the file.",
        )


def check_row_security() -> Iterator[Finding]:
    """Check row-level security, which only PostgreSQL has; on SQLite the desk has its own file."""
    from massline.desk.people.row_security.policies import role_bypasses_policies, tables_without_policy

    if connections["desk"].vendor != "postgresql":
        return
    open_tables, goes_around = tables_without_policy(), role_bypasses_policies()
    if goes_around:
        yield Finding(
            "do",
            "The desk's role in PostgreSQL goes around the wall between organisations.",
            "Use one that is neither superuser nor BYPASSRLS (docs/run.md).",
        )
    if open_tables:
        yield Finding(
            "do",
            f"No wall stands around {', '.join(open_tables[:5])} ({len(open_tables)} tables).",
            "Run `massline prepare`.",
        )
    if not open_tables and not goes_around:
        yield Finding("fine", "PostgreSQL keeps organisations apart, beside what the desk does itself.")


def check_clock(database: str) -> Iterator[Finding]:
    """Check the clock: if it was set back, old invitations stay valid and new rows sort before old ones."""
    now = timezone.now() + timedelta(minutes=5)
    if Job.objects.using(database).filter(made_at__gt=now).exists():
        yield Finding("do", "The clock runs behind what is stored already.", "Set the clock of this machine.")
    elif database == "desk":
        from massline.desk.guard.audit.models import AuditLine
        from massline.desk.people.scope import everything

        with everything("the doctor reads the days of the audit trail"):
            ahead = AuditLine.objects.filter(day__gt=timezone.localdate() + timedelta(days=1)).exists()
        if ahead:
            yield Finding("do", "The clock is days behind the audit trail.", "Set the clock of this machine.")


def check_jobs(database: str) -> Iterator[Finding]:
    dead = Job.objects.using(database).dead()
    for job in dead[:5]:
        yield Finding(
            "do",
            f"The {database} gave up the job {job.name} after {job.attempts} tries ({job.last_error or 'killed'}).",
            "Mend what the worker's log names, then run `massline doctor --retry`.",
        )
    late = Job.objects.using(database).due().filter(run_at__lt=timezone.now() - OVERDUE).count()
    if is_worker_alive(database):
        yield Finding("fine", f"The worker lives; {late} jobs of the {database} are late.")
    elif late:
        yield Finding(
            "do", f"No worker works and {late} jobs of the {database} are late.", "Run `massline work`."
        )
    else:
        yield Finding(
            "look", f"No worker works; nothing of the {database} waits.", "`massline up` starts one."
        )


def retry_dead_jobs() -> int:
    """Reset the attempts of every dead job; return how many there were."""
    return sum(
        Job.objects.using(name).dead().update(attempts=0, run_at=timezone.now(), leased_until=None)
        for name in databases()
    )
