"""Checks of the safeguards: audit chains against their heads, backups, and courier keys."""

from collections.abc import Iterator
from pathlib import Path

from massline.cli.doctor.finding import Finding
from massline.desk.people.scope import scope_to_everything


def check_safeguards(copy: Path | None = None) -> Iterator[Finding]:
    """Run the desk's own checks; given a copy of published heads, the chains are compared with it too."""
    with scope_to_everything("the doctor looks after chains, backups and couriers"):
        yield from check_chains(copy)
        yield from check_backups()
        yield from check_couriers()


def check_chains(copy: Path | None) -> Iterator[Finding]:
    from massline.desk.guard.audit import published_heads

    troubles = published_heads.all_chain_problems()
    if copy is not None:
        compared, new_troubles = published_heads.compare_copy(copy.read_text(errors="replace"))
        troubles += new_troubles
        if compared == 0:
            yield Finding(
                "do",
                f"{copy} holds no head of an audit chain.",
                "Give a copy of /.well-known/massline-audit.",
            )
        elif not new_troubles:
            yield Finding("fine", f"The audit chains agree with all {compared} heads of {copy}.")
    for trouble in troubles:
        yield Finding(
            "do",
            f"The audit chain of {trouble.chain} {trouble.say}.",
            "Keep this database as it is, tell every key-holder, and compare with the last backup.",
        )
    if not troubles:
        yield Finding("fine", "The audit chains are whole and agree with their published heads.")


def check_backups() -> Iterator[Finding]:
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


def check_couriers() -> Iterator[Finding]:
    from massline.desk.guard.keys import courier_keys

    lost = courier_keys.count_lost_keys()
    if lost:
        yield Finding(
            "do",
            f"{lost} events have a courier key that is not in {courier_keys.key_folder()}: nobody can be reminded of them.",
            "Run the worker with the data folder in which it made them. If that is lost for good: "
            "massline doctor --give-up-courier-keys, so that later sign-ups are reminded.",
        )
    silent = courier_keys.count_sign_ups_without_copy()
    if silent:
        yield Finding(
            "look",
            f"{silent} sign-ups for coming events get no message, because no courier key was ready or theirs was lost.",
            "Key-holders can open them and call; keep the worker running, which makes keys every minute.",
        )


def give_up_courier_keys() -> str:
    """Drop the keys that are lost for good; say how many, and what that means."""
    from massline.desk.guard.keys import courier_keys

    with scope_to_everything("the doctor gives up courier keys that are lost"):
        keys, copies = courier_keys.give_up_lost_keys()
    return (
        f"{keys} lost courier keys were given up; {copies} sign-ups that were sealed to them get no message."
    )
