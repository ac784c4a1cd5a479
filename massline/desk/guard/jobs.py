"""Jobs for courier keys, audit heads, backups, and erasing a deleted organisation from the database files."""

from massline.core.db.erasure import rewrite_database
from massline.desk.guard.audit import published_heads
from massline.desk.guard.backup import schedule
from massline.desk.guard.keys import courier_keys
from massline.jobs.lanes import MESSAGES
from massline.jobs.registry import every, job


@every(minutes=1, database="square", lane=MESSAGES)
def keep_courier_keys_ready() -> None:
    courier_keys.make_spare_keys()


@every(minutes=10, database="square")
def end_courier_keys() -> None:
    courier_keys.destroy_expired_keys()


@every(minutes=60, database="desk")
def publish_audit_heads() -> None:
    published_heads.publish_heads()


@every(minutes=60, database="desk")
def back_up() -> None:
    schedule.back_up_if_due()
    schedule.rehearse_restore_if_due()


@job("guard.scrub", repeatable=True)
def scrub(database: str) -> None:
    """Rewrite the database file and empty its log, so that nothing of deleted rows remains."""
    rewrite_database(database)
