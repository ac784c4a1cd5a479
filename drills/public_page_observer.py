"""An observer loads every public page after every vote, knows who answers which statement when, and who came in how.

So does an organiser with every control of the desk. Whatever answer must be one and the same in all ways to fit what
they read counts as recovered. python -m drills.public_page_observer VOTERS runs it in this process's own house.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from drills.answer_reconstruction import Cell, Given, recovered
from drills.isolated_run import print_results, run_isolated
from drills.quick_requests import quicken_requests
from drills.result import Result
from massline.cli.django_setup import setup_django

LONG, SHORT = 220, 100
STATEMENTS, INVITED, AT_THE_SAME_TIME = 24, 90, 6
EVERY, DAYS = 60, 3
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+Z]+|\d{8}T\d{6}Z")  # feeds say when they were asked

Figures = dict[tuple[str, int], tuple[int, int, int]]


def run(short: bool) -> list[Result]:
    return run_isolated("drills.public_page_observer", SHORT if short else LONG)


def inside(voters: int) -> list[Result]:
    setup_django("desk")
    from unittest.mock import patch

    from massline.desk.people.scope import scope_to_everything
    from massline.square.conversations.results import editions

    with scope_to_everything("a drill"):
        talk, organiser = set_the_stage()
        quicken_requests()
        read, still, loads = watch(talk, organiser, voters)
        answers = sum(len(cell.given) for cell in read)
        known = sum(len(recovered(cell)) for cell in read)
        with (
            patch.object(editions, "is_in_large_cells", lambda before, after, least: [True] * len(before)),
            patch.object(editions, "choose_releasable_changes", lambda found, *, k: list(found)),
        ):
            other, again = set_the_stage(anew=True)
            plain, _still, _loads = watch(other, again, 30)
        told = sum(len(recovered(cell)) for cell in plain)
        all_told = sum(len(cell.given) for cell in plain)
    return [
        Result(
            f"single answers recovered from what {voters} voters' conversation showed",
            "0",
            f"{known} of {answers:,}",
            known == 0 and answers > 0,
            "Linear programs over every figure of every edition, for each answer the least it may have been; the "
            "observer sees each answer given, to which statement and by which way in, but not which it is.",
        ),
        Result(
            "pages, feeds and figures of the API that changed without an edition",
            "0",
            f"{still} of {loads:,}",
            still == 0 and loads > 0,
        ),
        Result.control(
            "every answer is told at once, as it was",
            "≥ 90 % recovered",
            f"{100 * told / all_told:.0f} % of {all_told:,}",
            told >= 0.9 * all_told,
        ),
    ]


def set_the_stage(*, anew: bool = False) -> tuple[Any, list[Any]]:
    """Ask one question, and give out three invitations."""
    from drills.house_fixture import build_stage
    from massline.square.conversations.access_codes.actions import create_batch
    from massline.square.conversations.actions import open_conversation
    from massline.square.conversations.trust_levels import Level
    from massline.square.organisations.models import PublicOrganisation

    if not anew:
        build_stage()
    talk = open_conversation(
        organisation=PublicOrganisation.objects.get(),
        question="And what then?",
        seeds=[f"Then mend number {n}." for n in range(STATEMENTS)],
        sections=["Block A", "Block B"],
    )
    ways = [
        create_batch(conversation=talk, level=Level.INVITED, name=f"Block {n}", most=INVITED // 3).way
        for n in range(3)
    ]
    return talk, ways


def watch(talk: Any, ways: list[Any], voters: int) -> tuple[list[Cell], int, int]:
    """Let everybody vote, look after each vote, and act as the organiser in between."""
    from massline.square.conversations.results import editions
    from massline.square.conversations.results.snapshot import take_snapshot

    drawn = random.Random(11)
    cells: dict[tuple[str, int], Cell] = defaultdict(Cell)
    figures: Figures = {}
    changed_alone = loads = 0
    for at, (who, level, way, statement) in enumerate(turns(talk, ways, voters, drawn)):
        cells[level, statement].given.append(Given(who, at, way))
        if at % 301 == 100:
            act(talk, ways, cells, at, drawn)
        after = read(talk) if editions.advance_edition(talk) else figures
        for cell, counts in after.items() | {(gone, (0, 0, 0)) for gone in figures.keys() - after.keys()}:
            if figures.get(cell, (0, 0, 0)) != counts:
                cells[cell].releases.append((at, counts))
        if at % EVERY == EVERY - 1:
            take_snapshot(talk)
            before = pages(talk)
        elif at % EVERY == 0 and at:
            same = figures == after
            take_snapshot(talk)
            now = pages(talk)
            loads += len(now)
            changed_alone += sum(one != other for one, other in zip(before, now, strict=True)) if same else 0
        figures = after
    return [cell for cell in cells.values() if cell.given], changed_alone, loads


def turns(
    talk: Any, ways: list[Any], voters: int, drawn: random.Random
) -> Iterator[tuple[str, str, int, int]]:
    """Give who answered which statement, by which level and way; several answer in turns, two camps and some between."""
    from django.utils import timezone

    from massline.square.conversations.models import Participant, Statement, Value
    from massline.square.conversations.trust_levels import Level
    from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers

    statements = {statement.pk: statement.number for statement in Statement.objects.filter(conversation=talk)}
    waiting = [(n, ways[n % 3] if n < min(INVITED, voters // 2) else None) for n in range(voters)]
    drawn.shuffle(waiting)
    here: list[tuple[Any, float, list[int]]] = []
    while waiting or here:
        while waiting and len(here) < AT_THE_SAME_TIME:
            n, way = waiting.pop()
            level = Level.INVITED if way else Level.OPEN
            section = ("Block A", "Block B", "")[n % 3]
            person = Participant.objects.create(
                conversation=talk,
                key=f"{n:040x}",
                level=level,
                way=way,
                section=section,
                joined_on=timezone.localdate() - timedelta(days=n % DAYS),
            )
            here.append(
                (
                    person,
                    drawn.choice((0.9, 0.1, 0.5)),
                    drawn.sample(sorted(statements), drawn.randint(6, 14)),
                )
            )
        turn = drawn.randrange(len(here))
        person, leaning, asked = here[turn]
        statement = asked.pop()
        yes = leaning if statements[statement] % 2 else 1 - leaning / 2
        value = Value.AGREE if drawn.random() < yes else drawn.choice((Value.DISAGREE, Value.PASS))
        save_answers([Answer(person.pk, statement, value)], conversations=[])
        if not asked:
            here.pop(turn)
        days_ago = (timezone.localdate() - person.joined_on).days
        yield person.key, str(person.level), person.way_id or -1 - days_ago, statement


def act(
    talk: Any, ways: list[Any], cells: dict[tuple[str, int], Cell], at: int, drawn: random.Random
) -> None:
    """Set an invitation or a day of the open door aside, or count it again; what is refused is refused."""
    from django.utils import timezone

    from massline.core.refusal import Refused
    from massline.square.conversations.access_codes.actions import exclude_answers_of_invitation
    from massline.square.conversations.arrivals.actions import exclude_newcomers_of_day

    way = drawn.choice([*ways, *range(DAYS)])
    try:
        if isinstance(way, int):
            day = timezone.localdate() - timedelta(days=way)
            is_aside = talk.days_aside.filter(day=day).exists()
            exclude_newcomers_of_day(talk, day=day, reason="" if is_aside else "They came by one link.")
            key, now = -1 - way, not is_aside
        else:
            exclude_answers_of_invitation(way, reason="" if way.set_aside else "It was passed on.")
            key, now = way.pk, bool(way.set_aside)
    except Refused:
        return
    for cell in cells.values():
        cell.aside.append((at, key, now))


def read(talk: Any) -> Figures:
    """Give the figures of every cell, as every page tells them."""
    from massline.square.conversations.models import Vote

    rows = Vote.objects.counted(talk).values_list("shown_level", "statement", "shown_value")
    counted = Counter(rows.iterator())
    return {
        (level, statement): tuple(counted[level, statement, value] for value in (1, 0, -1))  # type: ignore[misc]
        for level, statement, _value in counted
    }


def pages(talk: Any) -> list[str]:
    """Load what is public: results in every order and level, the organisation, its feeds and frame, the API's figures."""
    from django.conf import settings
    from django.test import Client, override_settings

    from massline.desk.api.public_figures import list_conversations
    from massline.desk.people.models import Organisation

    here, house = talk.get_results_url(), talk.organisation.get_absolute_url()
    addresses = [
        *(here, f"{here}?level=open", f"{here}?level=invited", f"{here}?level=card"),
        *(f"{here}all/?by={order}&page={page}" for order in ("agree", "divide", "number") for page in (1, 2)),
        *(house, f"{house}next/", f"{house}news.atom", f"{house}events.ics", f"{house}frame/"),
        f"{talk.get_absolute_url()}stand/",
    ]
    square = {
        "ROOT_URLCONF": "massline.urls_square",
        "MIDDLEWARE": settings.MIDDLEWARE_OF["square"],
        "DOOR": "square",
    }
    with override_settings(**square):
        told = [Client(SERVER_NAME="localhost").get(address).content.decode() for address in addresses]
    told = [MOMENT.sub("", page) for page in told]
    listed = list_conversations(Organisation.objects.get())
    api = listed.write(list(listed.rows[:50]))
    return [*told, repr(api)]


if __name__ == "__main__":
    print_results(inside)
