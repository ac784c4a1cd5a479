"""A thief copies the whole folder at moments nobody chose, while a voter comes every twenty seconds, and knows our code.

python -m drills.stolen_folder VOTERS THEFTS runs it in this process's own house. Time runs faster; what a process does by the
clock, it does here between two voters.
"""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

from drills.destroyed_rows import destroy
from drills.isolated_run import print_results, run_isolated
from drills.result import Result
from drills.sqlite_log_forensics import Clues, auc, copy_house, places, score, share_of, time_passes, times
from drills.stolen_voter_roll import vote_by_phone
from massline.cli.django_setup import setup_django

LONG, SHORT = (1_500, 24), (1_000, 12)
YOUNG = 3
ALLOWED = 0.03
FEW, FEW_THEFTS = 120, 3

Pair = tuple[str, str]


def run(short: bool) -> list[Result]:
    return run_isolated("drills.stolen_folder", *(SHORT if short else LONG))


def inside(voters: int, thefts: int) -> list[Result]:
    setup_django("desk")
    from django.conf import settings

    from drills.house_fixture import build_stage
    from massline.core.db import erasure
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("a drill"):
        build_stage()
        held_open = [
            closing(sqlite3.connect(Path(settings.DATA) / f"{door}.sqlite3")) for door in ("square", "desk")
        ]
        with held_open[0] as square, held_open[1] as desk:
            for connection in (square, desk):  # as threads of a server do: nobody's leaving cuts the log
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            linked = trickle(*ask(voters), thefts)
            phones = vote_by_phone()
            left = destroy()
            with patch.object(erasure, "_cut", lambda file: True):
                found = trickle(*ask(FEW), FEW_THEFTS)
    name = "the log is not cut, so codes and participants follow each other in it"
    fails = Result.control(name, "AUC ≥ .70", found.reached, float(found.reached) >= 0.7, found.detail)
    return [linked, phones, *left, fails]


def ask(voters: int) -> tuple[Any, list[str]]:
    """Open a conversation for those with a card alone, and print as many cards."""
    from massline.square.conversations.access_codes.actions import create_batch
    from massline.square.conversations.actions import open_conversation
    from massline.square.conversations.trust_levels import Level
    from massline.square.organisations.models import PublicOrganisation

    talk = open_conversation(
        organisation=PublicOrganisation.objects.get(),
        question="What now?",
        seeds=["Mend the lift."],
        open_to_all=False,
    )
    codes: list[str] = []
    for level in (Level.CARD, Level.CODE):
        codes += create_batch(conversation=talk, level=level, name="Hat", most=voters // 2).codes
    return talk, random.Random(1).sample(codes, len(codes))


def voter(talk: Any, code: str, statement: Any) -> Iterator[Pair]:
    """Come in by a code and answer; give code and participant, at each moment at which a thief may come."""
    from django.test import Client

    from massline.square.conversations.access_codes.models import digest_of_code
    from massline.square.conversations.voting.forms import ballot_for
    from massline.square.conversations.voting.next_statement import AskedStatement

    browser = Client(SERVER_NAME="localhost")
    ballot = ballot_for(talk, None).sign()
    browser.post(talk.get_way_in_url(), {"ballot": ballot, "code": code})
    token = browser.cookies["voice"].value
    pair = digest_of_code(code, bytes(talk.key)), talk.pseudonym(token)
    yield pair
    for value in (1, -1):
        ballot = ballot_for(talk, token, AskedStatement(statement, 1.0, 1)).sign()
        browser.post(f"{talk.get_absolute_url()}vote/", {"ballot": ballot, "vote": value})
        yield pair


def trickle(talk: Any, codes: list[str], thefts: int) -> Result:
    """Let one voter come after the other, and the thief in between; say how well he pairs codes with answers."""
    from django.conf import settings
    from django.test import override_settings

    house, statement = Path(settings.DATA), talk.statements.all()[0]
    drawn = random.Random(7)
    moments = {(drawn.randrange(YOUNG + 9, len(codes)), drawn.randrange(3)) for _ in range(thefts)}
    pairs: list[Pair] = []
    pair = ("", "")
    right: list[float] = []
    wrong: list[float] = []
    square = {
        "ROOT_URLCONF": "massline.urls_square",
        "MIDDLEWARE": settings.MIDDLEWARE_OF["square"],
        "DOOR": "square",
    }
    with override_settings(**square):
        for number, code in enumerate(codes):
            for step, pair in enumerate(voter(talk, code, statement)):  # noqa: B007 - the last is kept
                if (number, step) in moments:
                    copy_house(house, house / "stolen")
                    old = pairs[: len(pairs) - YOUNG + 1]
                    one, other = line_up(house / "stolen" / "square.sqlite3", old, number)
                    right, wrong = right + one, wrong + other
                    shutil.rmtree(house / "stolen")
            pairs.append(pair)
            time_passes()
    reached = auc(right, wrong)
    return Result(
        f"answers tied to codes and cards, {len(codes):,} voters, one every 20 s, those older than a minute",
        f"AUC .50 ± {ALLOWED:.2f}".replace("0.", "."),
        f"{reached:.3f}",
        abs(reached - 0.5) <= ALLOWED,
        f"{len(moments)} thefts, {len(right):,} right and {len(wrong):,} wrong pairs; in neighbouring commits of the "
        f"log: {sum(rank > 3 for rank in right)} right pairs.",
    )


def line_up(file: Path, pairs: list[Pair], seed: int) -> tuple[list[float], list[float]]:
    """Score pairs by the log, by row numbers and by the places of rows within their pages."""

    def spent(opened: sqlite3.Connection) -> set[str]:
        return {
            digest for (digest,) in opened.execute("SELECT digest FROM conversations_code WHERE left = 0")
        }

    def people(opened: sqlite3.Connection) -> set[str]:
        return {key for (key,) in opened.execute("SELECT key FROM conversations_participant")}

    used, came = times(file, file.parent / "replayed", spent, people)
    with closing(sqlite3.connect(file)) as opened:
        numbered = [
            [value for (value,) in opened.execute(asked)]
            for asked in (
                "SELECT digest FROM conversations_code WHERE left = 0 ORDER BY id",
                "SELECT key FROM conversations_participant ORDER BY id",
            )
        ]
    lying = [places(file, {name.encode(): name for name in names}) for names in numbered]
    codes, participants = (
        Clues(log, [share_of(names), inside])
        for log, names, inside in zip((used, came), numbered, lying, strict=True)
    )
    return score(pairs, codes, participants, seed)


if __name__ == "__main__":
    print_results(inside)
