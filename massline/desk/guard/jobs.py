"""What the worker does for the guard: courier keys, audit heads, and clearing up after a compartment was burned."""

from django.db import connections

from massline.desk.guard.audit import heads
from massline.desk.guard.backup import schedule
from massline.desk.guard.keys import courier
from massline.jobs.registry import every, job


@every(minutes=1, database="square")
def keep_courier_keys_ready() -> None:
    courier.keep_ready()


@every(minutes=10, database="square")
def end_courier_keys() -> None:
    courier.end()


@every(minutes=60, database="desk")
def publish_audit_heads() -> None:
    heads.publish()


@every(minutes=60, database="desk")
def back_up() -> None:
    schedule.back_up()
    schedule.try_one()


@job("guard.scrub", repeatable=True)
def scrub(database: str) -> None:
    """Leave nothing of deleted rows in the file: rewrite it, and empty the journal."""
    connection = connections[database]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
