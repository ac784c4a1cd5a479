"""Members vote on a motion by phone; the desk's disk is stolen while the roll is there and after it was torn up."""

import random
import shutil
import sqlite3
from pathlib import Path

from drills.result import Result
from drills.sqlite_log_forensics import copy_house, time_passes, times

MEMBERS = 30


def vote_by_phone() -> Result:
    """Let members vote on a motion by phone, steal the desk before and after the roll is torn up, and tie roll to totals."""
    from django.conf import settings

    from massline.desk.decide.motions import actions
    from massline.desk.people.models import Account, Membership, Organisation

    riverside = Organisation.objects.get()
    amal = Account.objects.get()
    motion = actions.put_motion(
        organisation=riverside, text="We stand at the gate.", meeting="Monday", by=amal
    )
    drawn, said = random.Random(3), {}
    for n in range(MEMBERS):
        account = Account.objects.create(name=f"member {n}")
        Membership.objects.create(account=account, organisation=riverside, role=1)
        said[str(account.pk)] = drawn.choice(("yes", "no"))
    time_passes()
    house = Path(settings.DATA)
    known = 0
    for n, (account_, answer) in enumerate(said.items()):
        actions.record_phone_vote(motion=motion, answer=answer, by=Account.objects.get(pk=account_))
        if n % 10 == 9:
            known = max(known, ballots_read(house, motion.pk, said))
    actions.close_motion(motion=motion, present=MEMBERS, dissent="", by=amal)
    known = max(known, ballots_read(house, motion.pk, said))
    return Result(
        "votes by phone tied to accounts, also of the last moments",
        "0",
        f"{known} of {MEMBERS}",
        known == 0,
        "By the log, commit by commit, while the roll is there and after it was torn up.",
    )


def ballots_read(house: Path, motion: int, said: dict[str, str]) -> int:
    """Count the members whose answer stands beside their name in one commit or in two that follow each other."""
    copy_house(house, house / "stolen")

    def rolls(opened: sqlite3.Connection) -> set[str]:
        asked = "SELECT account_id FROM decide_roll WHERE subject = ?"
        return {str(ballot) for (ballot,) in opened.execute(asked, [f"motion {motion}"])}

    def totals(opened: sqlite3.Connection) -> set[str]:
        asked = "SELECT in_favour, against FROM decide_tally WHERE motion_id = ? AND way = 'phones'"
        (row,) = opened.execute(asked, [motion]).fetchall() or [(0, 0)]
        return {*(f"yes {n}" for n in range(1, row[0] + 1)), *(f"no {n}" for n in range(1, row[1] + 1))}

    voted, counted = times(house / "stolen" / "desk.sqlite3", house / "replayed", rolls, totals)
    shutil.rmtree(house / "stolen")
    at = {number: total.split()[0] for total, number in counted.items() if number >= 0}
    guesses = {who: at.get(number, at.get(number + 1)) for who, number in voted.items() if number >= 0}
    return sum(said[who] == guess for who, guess in guesses.items())
