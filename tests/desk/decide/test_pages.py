"""The room of decisions, at the desk: who may do which, what is refused and why, and the way back to the words."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands import actions as demand_actions
from massline.desk.decide.demands.models import Demand, Mark
from massline.desk.decide.principles import actions as principle_actions
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.models import SumUp
from tests.conftest import DoorClient, at_desk
from tests.desk import heard_round
from tests.desk.heard_round import ARABIC, COAT, claims
from tests.parts import field_errors, shows


@pytest.fixture
def signed(riverside: Organisation, bea: Account, amal: Account) -> SumUp:
    return heard_round.signed(heard_round.heating(riverside, bea), bea, amal)


@pytest.fixture
def warm(riverside: Organisation, signed: SumUp, bea: Account) -> Demand:
    return heard_round.demand(riverside, signed, bea)


def read(door: DoorClient, address: str) -> str:
    answer = door.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def decided(demand: Demand, owner: Account, **fields: Any) -> dict[str, Any]:
    form = {
        "title": "We go together",
        "demands": demand.pk,
        "why": "Letters had no answer.",
        "owner": owner.pk,
        "review_on": timezone.localdate() + timedelta(days=9),
        "in_favour": 41,
        "against": 6,
        "abstained": "",
        "dissent": "Too early, says Block A. 😬",
        "forecast": "Eighty of us.",
    }
    return {**form, **fields}


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_day_of_the_review_is_filled_in_as_browsers_read_it(
    riverside: Organisation, bea: Account, language: str
) -> None:
    bea.language = language
    bea.save(update_fields=["language"])
    day = timezone.localdate() + timedelta(days=30)
    assert f'value="{day.isoformat()}"' in read(at_desk(bea), "/riverside/decide/record/")


def test_bea_makes_a_demand_from_claims_and_the_page_says_what_it_rests_on(
    riverside: Organisation, signed: SumUp, bea: Account
) -> None:
    door = at_desk(bea)
    assert "Children freeze in Block C." in read(door, "/riverside/decide/demands/")
    refused = door.post("/riverside/decide/demands/", {"text": "18 درجة 🔥"})
    assert shows(refused, "required")
    assert 'value="18 درجة 🔥"' in refused.content.decode()
    picked = {"text": "18 درجة 🔥", "claims": [claim.pk for claim in claims(signed)]}
    answer = door.post("/riverside/decide/demands/", picked)
    page = read(door, answer.headers["Location"])
    assert shows(page, "breadth", 12, "92%", "67%", "99%")
    assert "Based on 12 votes and 3 voices" in page
    assert COAT in page


def test_a_demand_nobody_voted_on_says_not_enough_yet(
    riverside: Organisation, signed: SumUp, bea: Account
) -> None:
    only_words = demand_actions.make_demand(
        organisation=riverside, text="x", claims=claims(signed)[1:], by=bea
    )
    page = read(at_desk(bea), f"/riverside/decide/demands/{only_words.pk}/")
    assert shows(page, "breadth-unknown")
    assert shows(page, "no-votes", 1)


def test_chen_judges_but_does_not_write(
    riverside: Organisation, warm: Demand, chen: Account, bea: Account
) -> None:
    line = principle_actions.add_principle(organisation=riverside, text="Nobody is evicted.", by=bea)
    door = at_desk(chen)
    answer = door.post(f"/riverside/decide/demands/{warm.pk}/", {f"principle_{line.pk}": "breaks"})
    assert answer.status_code == 302
    assert Mark.objects.get().by == chen
    assert shows(read(door, "/riverside/decide/"), "not-offered")
    assert shows(
        read(door, f"/riverside/decide/demands/{warm.pk}/"), "breaks-principle", 1, 1, "Nobody is evicted."
    )
    for address in ("record/", "demands/", "principles/"):
        assert door.post(f"/riverside/decide/{address}", decided(warm, chen)).status_code == 404, address
    record = read(at_desk(bea), "/riverside/decide/record/")
    assert f'name="demands" value="{warm.pk}"' not in record
    assert shows(record, "breaks-principle", 1, 1, "Nobody is evicted.")
    told = at_desk(bea).post("/riverside/decide/record/", decided(warm, bea)).content.decode()
    assert shows(told, "breaks-principle", 1, 1)
    assert "Too early, says Block A. 😬" in told
    assert not Decision.objects.exists()


def test_a_decision_leads_back_to_the_words_and_on_to_the_call(
    warm: Demand, bea: Account, chen: Account
) -> None:
    answer = at_desk(bea).post("/riverside/decide/record/", decided(warm, bea))
    page = read(at_desk(chen), answer.headers["Location"])
    for words in (
        warm.text,
        "Children freeze in Block C.",
        COAT,
        ARABIC,
        "Too early, says Block A. 😬",
        "41",
    ):
        assert words in page
    assert not shows(page, "make-call")
    assert shows(read(at_desk(bea), answer.headers["Location"]), "make-call")


@pytest.mark.parametrize(
    ("lacks", "reason"),
    [
        ({"owner": ""}, "owner"),
        ({"review_on": ""}, "review_on"),
        ({"review_on": f"{timezone.localdate().year - 1}-01-01"}, "review-not-ahead"),
        ({"demands": ""}, "no-demands"),
        ({"why": ""}, "why"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_and_everything_typed_is_kept(
    warm: Demand, bea: Account, lacks: dict[str, str], reason: str
) -> None:
    form = {**decided(warm, bea), **lacks}
    answer = at_desk(bea).post("/riverside/decide/record/", {k: v for k, v in form.items() if v != ""})
    assert answer.status_code == 200
    assert field_errors(answer, reason) == ["required"] or shows(answer, reason)
    assert 'value="We go together"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_dina_of_another_chapter_sees_nothing(
    warm: Demand, dina: Account, harbour: Organisation, bea: Account
) -> None:
    at_desk(bea).post("/riverside/decide/record/", decided(warm, bea))
    door, missing = at_desk(dina), at_desk(dina).get("/harbour/decide/demands/999/")
    addresses = ["/riverside/decide/", f"/harbour/decide/demands/{warm.pk}/"]
    addresses.append(f"/harbour/decide/decisions/{Decision.objects.get().pk}/")
    for address in addresses:
        hidden = door.get(address)
        assert (hidden.status_code, hidden.content) == (404, missing.content), address


def test_the_room_asks_no_more_for_more_demands(
    riverside: Organisation, signed: SumUp, warm: Demand, bea: Account
) -> None:
    door = at_desk(bea)
    principle_actions.add_principle(organisation=riverside, text="One line.", by=bea)

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connections["desk"]) as desk:  # noqa: SIM117
            with CaptureQueriesContext(connections["square"]) as square:
                read(door, "/riverside/decide/")
        return len(desk), len(square)

    few = asked()
    for n in range(7):
        heard_round.demand(riverside, signed, bea, text=f"More {n}")
        principle_actions.add_principle(organisation=riverside, text=f"Line {n}", by=bea)
    assert asked() == few


def test_votes_stand_beside_the_sentence_that_was_voted_on_wherever_a_demand_is_shown(
    riverside: Organisation, signed: SumUp, bea: Account
) -> None:
    """Case N3: on the page of the demand, in the list, in the room, and where demands are compared."""
    statement = heard_round.statement(signed.round)
    text = "A new boiler before the winter."
    demand = demand_actions.make_demand(organisation=riverside, text=text, claims=claims(signed), by=bea)
    door = at_desk(bea)
    own = f"/riverside/decide/demands/{demand.pk}/"
    for address in (own, "/riverside/decide/"):
        page = " ".join(read(door, address).split())
        assert text in page
        for figures in re.finditer(r"data-part=\"(?:breadth|agreement)\"", page):
            before = html.unescape(page[: figures.start()])
            assert statement.text in before[before.rindex(text) :], address
