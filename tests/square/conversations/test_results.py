"""What came of it: what unites, what divides, what is not known yet."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

import massline.web
from massline.engine.privacy.threshold import LEAST, Threshold
from massline.square.conversations import moderation
from massline.square.conversations.models import (
    Conversation,
    Participant,
    Statement,
    Value,
    Vote,
)
from massline.square.conversations.results import snapshot as result_snapshot
from massline.square.conversations.results.map_results import MapResults
from tests.conftest import DoorClient
from tests.parts import part, shows
from tests.square.conftest import fill, stored_whole, words_of
from tests.square.conversations.test_voting import answer_next
from tests.votes import vote

STATIC = Path(massline.web.__file__).parent / "static/massline"
MOST_BYTES = 40 * 1024


def results_of(talk: Conversation) -> MapResults:
    snapshot = talk.latest_snapshot()
    assert snapshot is not None
    return MapResults(talk, snapshot, threshold=Threshold(LEAST))


def test_before_anything_is_counted_the_page_says_so(nobody: DoorClient, talk: Conversation) -> None:
    assert shows(words_of(nobody.get(talk.get_results_url())), "not-enough")


def test_the_page_says_what_unites_what_divides_and_what_it_rests_on(
    nobody: DoorClient, mapped: Conversation
) -> None:
    page = words_of(nobody.get(mapped.get_results_url()))
    results = results_of(mapped)
    assert results.kind == "groups"
    assert shows(page, "rests-on", 160, 24)
    assert page.count("<svg") == page.count('role="img"')
    for row in (*results.uniting, *results.dividing):
        assert row.statement.text in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "an id stands twice"
    assert not {row.statement.pk for row in results.uniting} & {row.statement.pk for row in results.dividing}


def test_beside_each_picture_stands_a_table_of_its_figures(nobody: DoorClient, mapped: Conversation) -> None:
    page = words_of(nobody.get(f"{mapped.get_results_url()}all/"))
    assert page.count("<svg") == page.count("<table") == 24


def test_every_statement_can_be_reached_page_by_page(nobody: DoorClient, talk: Conversation) -> None:
    fill(talk, people=30, statements=60)
    seen = "".join(words_of(nobody.get(f"{talk.get_results_url()}all/?page={n}")) for n in (1, 2, 3))
    for number in range(3, 60):
        assert f"Statement number {number} of a long list." in seen
    assert shows(seen, "page-of", 3, 3)


def test_a_cell_too_small_hides_every_group_so_none_can_be_subtracted(mapped: Conversation) -> None:
    snapshot = mapped.latest_snapshot()
    assert snapshot is not None
    document = snapshot.document
    document["result"]["statements"][0]["by_group"][1]["seen"] = LEAST - 1
    snapshot = stored_whole(snapshot, document)
    rows = {
        row.statement.number: row
        for row in MapResults(mapped, snapshot, threshold=Threshold(LEAST)).by_agreement
    }
    assert len(rows[0].counted) == 1
    assert len(rows[1].counted) == 1 + len(document["result"]["groups"])


def test_what_fewer_than_five_answered_is_not_shown(nobody: DoorClient, talk: Conversation) -> None:
    for n in range(LEAST - 1):
        participant = Participant.objects.create(conversation=talk, key=f"{n:040x}")
        for statement in talk.statements.all():
            vote(participant, statement, value=Value.AGREE)
    result_snapshot.take_snapshot(talk)
    for address in (talk.get_results_url(), f"{talk.get_results_url()}all/"):
        page = words_of(nobody.get(address))
        assert "<svg" not in page
        assert not shows(page, "agreement")


def test_a_statement_turned_down_is_gone_from_the_results_at_once(
    nobody: DoorClient, mapped: Conversation
) -> None:
    gone = results_of(mapped).by_agreement[0].statement
    moderation.reject_statement(gone, reason="It names somebody.")
    for address in (mapped.get_results_url(), f"{mapped.get_results_url()}all/"):
        assert gone.text not in words_of(nobody.get(address))


def test_sealed_results_say_when_they_open_and_open_then(nobody: DoorClient, mapped: Conversation) -> None:
    closes = timezone.now() + timedelta(days=3)
    Conversation.objects.update(results="sealed", closes_at=closes)
    for page in ("results/", "results/all/", "stand/"):
        answer = words_of(nobody.get(f"{mapped.get_absolute_url()}{page}"))
        assert shows(answer, "results-sealed")
        assert "<svg" not in answer
    Conversation.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert "<svg" in words_of(nobody.get(mapped.get_results_url()))


def test_a_spectrum_is_shown_as_one_and_not_cut_into_groups(nobody: DoorClient, talk: Conversation) -> None:
    fill(talk, people=60, statements=14, camps=1)
    page = words_of(nobody.get(talk.get_results_url()))
    assert results_of(talk).kind == "spectrum"
    assert shows(page, "spectrum")
    assert "Group A" not in page


def test_where_it_cannot_be_told_it_is_said_so_on_both_pages(nobody: DoorClient, talk: Conversation) -> None:
    """One page told of no camps, the other that it could not tell."""
    fill(talk, people=60, statements=14, camps=1)
    for _ in range(10):
        answer_next(nobody, talk, 1)
    results = words_of(nobody.get(talk.get_results_url()))
    stand = words_of(nobody.get(f"{talk.get_absolute_url()}stand/"))
    (said,) = {name for name in ("spectrum", "too-close") if shows(results, name)}
    assert shows(stand, said)
    assert part(stand, said).rstrip(".") in " ".join(results.split())


def test_where_i_stand_needs_enough_answers_and_then_shows_me(
    nobody: DoorClient, mapped: Conversation
) -> None:
    stand = f"{mapped.get_absolute_url()}stand/"
    answer_next(nobody, mapped, 1)
    assert shows(words_of(nobody.get(stand)), "place-soon")
    for _ in range(9):
        answer_next(nobody, mapped, 1)
    page = words_of(nobody.get(stand))
    assert shows(page, "nearest-group")
    assert 'class="you' in page
    assert 'class="you' not in words_of(nobody.get(mapped.get_results_url()))


def test_results_of_two_hundred_statements_and_two_thousand_people_stay_light(
    nobody: DoorClient, talk: Conversation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The votes are drawn once; the page is what must stay small."""
    long = "The landlord should answer every letter within ten days, in writing, in the language it was written in. "
    fill(talk, people=300, statements=40, text=long)
    widen(talk, statements=200, points=1500)
    sheets = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in ("massline.css", "charts.css"))
    for address in (
        talk.get_results_url(),
        *(f"{talk.get_results_url()}all/?by={order}" for order in ("agree", "divide", "number")),
    ):
        with django_assert_max_num_queries(10, using="square"):
            answer = nobody.get(address, headers={"accept-encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(answer.content) + sheets <= MOST_BYTES, (address, len(answer.content), sheets)


def widen(talk: Conversation, *, statements: int, points: int) -> None:
    """Make the latest map as heavy as one of two thousand people on two hundred statements."""
    import random

    snapshot = talk.latest_snapshot()
    assert snapshot is not None
    document, draw = snapshot.document, random.Random(2)
    known = document["result"]["statements"]
    for number in range(len(known), statements):
        text = f"{number} {draw.getrandbits(400):x} in somebody’s own words, as different from all others as words are."
        Statement.objects.create(conversation=talk, number=number, text=text, state="shown")
        seen = draw.randrange(1000, 2000)
        known.append({**known[number % 40], "id": number, "seen": seen, "agree": draw.randrange(0, seen)})
        known[-1] |= {"disagree": seen - known[-1]["agree"], "pass": 0}
    document["result"]["points"] = [
        [round(draw.gauss(0, 3), 3), round(draw.gauss(0, 3), 3), draw.randrange(2)] for _ in range(points)
    ]
    stored_whole(snapshot, document)


def test_the_map_is_made_by_one_path_and_nothing_is_counted_twice(mapped: Conversation) -> None:
    assert result_snapshot.take_snapshot(mapped).pk == result_snapshot.take_snapshot(mapped).pk
    Vote.objects.filter(value=1).first().delete()  # type: ignore[union-attr]
    assert result_snapshot.take_snapshot(mapped).votes_seen == Vote.objects.counted(mapped).count()
