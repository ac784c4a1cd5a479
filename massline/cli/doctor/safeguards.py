"""What the doctor looks at for the guard: audit chains against their heads, backups, courier keys."""

from collections.abc import Iterator
from pathlib import Path

from massline.cli.doctor.finding import Finding
from massline.desk.people.scope import everything


def all_of_guard(copy: Path | None = None) -> Iterator[Finding]:
    """The desk's own findings; with a copy of published heads, also whether the chains agree with it."""
    with everything("the doctor looks after chains, backups and couriers"):
        yield from chains(copy)
        yield from backups()
        yield from couriers()


def chains(copy: Path | None) -> Iterator[Finding]:
    from massline.desk.guard.audit import heads

    troubles = heads.all_chain_problems()
    if copy is not None:
        compared, found = heads.compare_copy(copy.read_text(errors="replace"))
        troubles += found
        if compared == 0:
            yield Finding(
                "do",
                f"{copy} holds no head of an audit chain.",
                "Give a copy of /.well-known/massline-audit.",
            )
        elif not found:
            yield Finding("fine", f"The audit chains agree with all {compared} heads of {copy}.")
    for trouble in troubles:
        yield Finding(
            "do",
            f"The audit chain of {trouble.chain} {trouble.say}.",
            "Keep this database as it is, tell every key-holder, and compare with the last backup.",
        )
    if not troubles:
        yield Finding("fine", "The audit chains are whole and agree with their published heads.")


def backups() -> Iterator[Finding]:
    from massline.desk.guard.backup import status

    state = status.backup_status()
    if not state.by_worker:
        yield Finding(
            "look",
            "The worker makes no backups here.",
            "Set MASSLINE_BACKUP_FOLDER and MASSLINE_BACKUP_RECIPIENTS, or run `massline backup` yourself.",
        )
        return
    if state.made_is_old:
        yield Finding(
            "do",
            "No backup went well within two days.",
            "Run `massline backup` by hand: it says what is wrong.",
        )
    if state.tried_is_old:
        yield Finding(
            "do",
            "No backup was brought back within fourteen days.",
            "Set MASSLINE_DRILL_IDENTITY, or see what `massline drill restore` says.",
        )
    if not (state.made_is_old or state.tried_is_old):
        yield Finding("fine", "Backups are made, and one was brought back lately.")


def couriers() -> Iterator[Finding]:
    from massline.desk.guard.keys import courier

    lost = courier.count_lost_keys()
    if lost:
        yield Finding(
            "do",
            f"{lost} events have a courier key that is not in {courier.key_folder()}: nobody can be reminded of them.",
            "Run the worker with the data folder in which it made them.",
        )
