"""A brigade comes through the open door: one ballot with invented cookies, a script that invents voters, a link passed on.

A hall behind one address comes in meanwhile, and organisers leave the day out of the count. Each part is run again with
its guard switched off. python -m drills.vote_brigade PEOPLE runs it in this process's own house, by a clock of its own.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from heapq import heappop, heappush
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from drills.isolated_run import print_results, run_isolated
from drills.quick_requests import quicken_requests
from drills.result import Result
from massline.cli.django_setup import setup_django

LONG, SHORT = 600, 560
COOKIES, TENANTS, BUSLOAD = 60, 80, 300
MINUTE = 60.0
BALLOT = re.compile(r'name="ballot" value="([^"]+)"')


class Clock:
    """The monotonic clock of the limits, which the drill sets."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def run(short: bool) -> list[Result]:
    return run_isolated("drills.vote_brigade", SHORT if short else LONG)


def inside(people: int) -> list[Result]:
    setup_django("desk")
    logging.getLogger("django.request").setLevel(logging.ERROR)  # hundreds are told to wait
    from django.conf import settings
    from django.test import override_settings

    from drills.house_fixture import build_stage
    from massline.desk.people.scope import scope_to_everything

    square = {
        "ROOT_URLCONF": "massline.urls_square",
        "MIDDLEWARE": settings.MIDDLEWARE_OF["square"],
        "DOOR": "square",
        "ALLOWED_HOSTS": ["localhost"],
    }
    with scope_to_everything("a drill"), override_settings(**square):
        build_stage()
        quicken_requests()
        return [*one_ballot(), *script(people), *hall(people), *burst(BUSLOAD)]


@contextmanager
def clock() -> Iterator[Clock]:
    from massline.web import rate_limits

    rate_limits.empty_limiters()
    with patch.object(rate_limits, "time", SimpleNamespace(monotonic=(made := Clock()))):
        rate_limits.empty_limiters()
        yield made
    rate_limits.empty_limiters()


def ask() -> Any:
    """Open a conversation that eighty tenants have answered over four days: 85 of 100 agree."""
    from django.utils import timezone

    from massline.square.conversations.actions import open_conversation
    from massline.square.conversations.models import Participant, Statement, Value
    from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers
    from massline.square.organisations.models import PublicOrganisation

    talk = open_conversation(
        organisation=PublicOrganisation.objects.get(),
        question="Shall we strike?",
        seeds=["We strike in May."],
        opens_at=timezone.now() - timedelta(days=9),
    )
    statement = Statement.objects.get(conversation=talk)
    tenants = Participant.objects.bulk_create(
        Participant(
            conversation=talk, key=f"{n:040x}", joined_on=timezone.localdate() - timedelta(days=1 + n % 4)
        )
        for n in range(TENANTS)
    )
    save_answers(
        [
            Answer(one.pk, statement.pk, Value.AGREE if n % 20 < 17 else Value.DISAGREE)
            for n, one in enumerate(tenants)
        ],
        conversations=[],
    )
    return talk


def browser(address: str) -> Any:
    from django.test import Client

    return Client(SERVER_NAME="localhost", REMOTE_ADDR=address)


class Newcomer:
    """Somebody who opened the page and disagrees."""

    def __init__(self, talk: Any, address: str) -> None:
        self.talk, self.door = talk, browser(address)
        found = BALLOT.search(self.door.get(talk.get_absolute_url()).content.decode())
        assert found, "the page carries no ballot"
        self.ballot = found[1]

    def send(self) -> int | None:
        """Send the answer; None where it is kept, else the seconds they are told to wait."""
        given = {"ballot": self.ballot, "vote": "-1"}
        answer = self.door.post(f"{self.talk.get_absolute_url()}vote/", given)
        return None if answer.status_code == 302 else int(answer.headers["Retry-After"])


def newcomers(talk: Any) -> int:
    return int(talk.participants.count()) - TENANTS


def share(talk: Any) -> int:
    """Percent who agree, as the results page tells it."""
    from massline.square.conversations.results.snapshot import take_snapshot

    (row,) = take_snapshot(talk).estimate.result.statements
    return round(100 * row.agree / row.seen)


def send_one_ballot(talk: Any) -> int:
    """Send the ballot of one page with invented cookies; give how many voters came of it."""
    page = browser("192.0.2.1").get(talk.get_absolute_url()).content.decode()
    found = BALLOT.search(page)
    assert found, "the page carries no ballot"
    for n in range(COOKIES):
        door = browser("192.0.2.1")
        door.cookies["voice"] = f"invented-invented-invented-{n:05}"
        door.post(f"{talk.get_absolute_url()}vote/", {"ballot": found[1], "vote": "-1"})
    return newcomers(talk)


def one_ballot() -> list[Result]:
    from massline.square.conversations.voting import write_queue
    from massline.square.conversations.voting.forms import Ballot

    with clock():
        bound = send_one_ballot(ask())
    seen: list[str] = []

    def taken(_ballot: Ballot, token: str | None) -> bool:
        seen.append(token or "")
        return True

    def queued(cast: Any) -> Any:
        return queue(type(cast)(**{**vars(cast), "token": seen[-1]}))

    queue = write_queue.queue_vote
    answer = "massline.square.conversations.voting.answer_form"
    with clock(), patch.object(Ballot, "belongs_to", taken), patch(f"{answer}.queue_vote", queued):
        free = send_one_ballot(ask())
    return [
        Result(
            f"voters made of one ballot and {COOKIES} invented cookies", "at most 1", str(bound), bound <= 1
        ),
        Result.control(
            "a ballot counts for whatever cookie brings it",
            f"{COOKIES} voters",
            str(free),
            free == COOKIES,
        ),
    ]


def flood(talk: Any, people: int, clock: Clock, *, minutes: int) -> int:
    """One address invents voters as fast as it can for so many minutes; give how many came in."""
    for minute in range(minutes):
        for _ in range(people // minutes):
            clock.now += MINUTE / (people // minutes) if minute else 0.0
            Newcomer(talk, "192.0.2.1").send()
    return newcomers(talk)


def script(people: int) -> list[Result]:
    from massline.square import rate_limits

    allowed = int(rate_limits.newcomers_from_sender.per + 2 * MINUTE)
    with clock() as now:
        came = flood(ask(), people, now, minutes=2)
    with clock() as now, patch.object(rate_limits, "wait_of_newcomer", lambda *_: None):
        free = flood(ask(), people, now, minutes=2)
    return [
        Result(
            f"voters one address invents of {people:,} in a minute after a burst",
            f"at most {allowed:,}",
            f"{came:,}",
            came <= allowed,
        ),
        Result.control("newcomers are not limited", f"{people:,}", f"{free:,}", free == people),
    ]


def hall(people: int) -> list[Result]:
    """So many in one hall come within a minute; whoever must wait sends again at some moment of the half minute after."""
    talk = ask()
    with clock() as now:
        began = now.now
        due = [(began + MINUTE * n / people, n, Newcomer(talk, "192.0.2.9")) for n in range(people)]
        tries = last = 0
        while due:
            at, number, newcomer = heappop(due)
            now.now = max(now.now, at)
            tries += 1
            wait = newcomer.send()
            last = int(now.now - began)
            if wait is not None:
                heappush(due, (now.now + wait + number % 30, number, newcomer))
    came = newcomers(talk)
    return [
        Result(
            f"a hall of {people:,} behind one address, all within a minute",
            "all in within ten minutes",
            f"{came:,} in after {last} s",
            came == people and last <= 600,
            f"{tries:,} answers sent; whoever waited kept the answer on the page.",
        )
    ]


def burst(people: int) -> list[Result]:
    """So many come in one day from many addresses; organisers see it and leave them out, then count them again."""
    from django.utils import timezone

    from massline.square.conversations.arrivals.actions import exclude_newcomers_of_day
    from massline.square.conversations.arrivals.arrival_counts import count_arrivals

    talk = ask()
    before = share(talk)
    with clock() as now:
        for n in range(people):
            now.now += 1.0
            Newcomer(talk, f"198.51.100.{n % 250}").send()
    bent = share(talk)
    seen = [day.day for day in count_arrivals(talk).days if day.is_burst]
    exclude_newcomers_of_day(talk, day=timezone.localdate(), reason="They came by one link.")
    mended = share(talk)
    return [
        Result(
            "the day of the burst is named to organisers, and no other",
            "1 day",
            f"{len(seen)} of {len(count_arrivals(talk).days)}",
            seen == [timezone.localdate()],
        ),
        Result(
            f"agreement after {people:,} of a brigade were set aside",
            f"{before} %, as before",
            f"{mended} %",
            mended == before,
        ),
        Result.control(
            "the day is counted",
            f"under {before - 20} %",
            f"{bent} %",
            bent < before - 20,
        ),
    ]


if __name__ == "__main__":
    print_results(inside)
