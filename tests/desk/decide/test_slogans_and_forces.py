"""What one shouts and against whom: slogans tried on the street, and forces that are never private persons."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.core.refusal import Refused
from massline.desk.decide.decisions.actions import record_decision
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.forces.actions import enter_force, record_move
from massline.desk.decide.forces.models import Force, Move
from massline.desk.decide.forces.private_person_check import is_private_name
from massline.desk.decide.slogans.actions import try_slogan, write_slogan
from massline.desk.decide.slogans.models import Slogan
from massline.desk.decide.slogans.readability import find_readability_warnings
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.models import SumUp
from tests.conftest import at_desk
from tests.desk import heard_round
from tests.parts import field_errors, shows


@pytest.fixture
def warm(riverside: Organisation, bea: Account, amal: Account) -> Demand:
    signed: SumUp = heard_round.signed(heard_round.heating(riverside, bea), bea, amal)
    return heard_round.demand(riverside, signed, bea)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Fix the heat before the frost", "en", []),
        ("Fix the heat, lower the rent", "en", ["verb"]),
        ("Heat and bread for all", "en", ["verb"]),
        (
            "The boilers are repaired before the winter is here again for us",
            "en",
            ["long", "breath", "who acts"],
        ),
        ("La caldera fue reparada", "es", ["who acts"]),
        ("التدفئة قبل البرد", "ar", []),
        ("دفء لكل بيت، لا زيادة في الإيجار", "ar", ["verb"]),
    ],
)
def test_the_checks_speak_the_language_of_the_slogan(text: str, language: str, found: list[str]) -> None:
    assert [heavy.what for heavy in find_readability_warnings(text, language, {})] == found


def test_the_call_begins_with_the_slogan_most_understood(
    riverside: Organisation, warm: Demand, bea: Account
) -> None:
    decision = record_decision(
        organisation=riverside,
        title="We walk",
        demands=[warm],
        why="It unites us.",
        owner=bea,
        review_on=timezone.localdate() + timedelta(days=9),
        by=bea,
    )
    address = f"/riverside/call/from/{decision.pk}/"
    assert Slogan.objects.best_for(decision, "en") is None
    plain, best = (
        write_slogan(demand=warm, language="en", text=text, by=bea) for text in ("Heat", "Heat now")
    )
    write_slogan(demand=warm, language="es", text="Calor ya", by=bea)
    try_slogan(slogan=best, by=bea, place="The gate", understood=9, asked_again=1, walked_on=0)
    try_slogan(slogan=plain, by=bea, place="The gate", understood=4, asked_again=6, walked_on=0)
    assert 'value="Heat now"' in at_desk(bea).get(address).content.decode()


def test_a_slogan_is_written_anew_for_each_language_and_tried(
    riverside: Organisation, warm: Demand, bea: Account, chen: Account
) -> None:
    door = at_desk(bea)
    for language, text in (("en", "Heat now"), ("es", "Heat now"), ("ar", "دفء الآن 🔥")):
        form = {"demand": warm.pk, "language": language, "text": text}
        assert door.post("/riverside/decide/slogans/", form).status_code == 302
    spanish = Slogan.objects.get(language="es")
    page = f"/riverside/decide/slogans/{spanish.pk}/"
    assert shows(door.get(page), "copied")
    assert shows(door.get(page).content.decode(), "tried-on", 0)
    street = {"place": "The gate", "understood": 14, "asked_again": 4, "walked_on": 2}
    assert at_desk(chen).post(page, street).status_code == 302
    assert "70% of 20 understood it straight away" in door.get(page).content.decode()
    listed = door.get("/riverside/decide/slogans/").content.decode()
    assert 'lang="ar" dir="auto">دفء الآن 🔥' in listed
    refused = door.post(page, street | {"understood": -1}).content.decode()
    assert 'value="The gate"' in refused


def test_the_list_asks_no_more_for_more_slogans(riverside: Organisation, warm: Demand, bea: Account) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connections["desk"]) as queries:
            assert at_desk(bea).get(address).status_code == 200
        return len(queries)

    def more(n: int) -> None:
        slogan = write_slogan(demand=warm, language="en", text=f"Heat {n}", by=bea)
        try_slogan(slogan=slogan, place="x", understood=1, asked_again=0, walked_on=0, by=bea)
        force = enter_force(
            organisation=riverside, name=f"Tenants’ union no. {n}", kind="organisation", by=bea
        )
        record_move(force=force, what="Wrote", source="The paper", by=bea)

    more(0)
    addresses = ("/riverside/decide/slogans/", "/riverside/decide/forces/")
    few = [asked(address) for address in addresses]
    for n in range(1, 6):
        more(n)
    assert [asked(address) for address in addresses] == few


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Maria Lopez", True),
        ("Mrs Kessler", True),
        ("Herr Braun", True),
        ("call 0171 2345678", True),
        ("The housing councillor", False),
        ("Riverside Homes Ltd", False),
        ("Tenants’ Union North", False),
        ("وزارة الإسكان", False),
    ],
)
def test_a_private_person_is_never_entered(name: str, person: bool) -> None:
    assert is_private_name(name, kind="office") is person


def test_forces_stand_on_the_spectrum_and_move_with_a_source(
    riverside: Organisation, bea: Account, chen: Account
) -> None:
    door = at_desk(bea)
    form = {
        "name": "Maria Lopez",
        "kind": "office",
        "stance": 2,
        "influence": 3,
        "limits": "Elections in May",
    }
    refused = door.post("/riverside/decide/forces/", form).content.decode()
    assert shows(refused, "person-name")
    assert "Elections in May" in refused
    assert not Force.objects.exists()
    assert (
        door.post("/riverside/decide/forces/", form | {"name": "The housing councillor"}).status_code == 302
    )
    again = door.post("/riverside/decide/forces/", form | {"name": "The housing councillor"}).content.decode()
    assert shows(again, "there-already")
    councillor = Force.objects.get()
    page = f"/riverside/decide/forces/{councillor.pk}/"
    assert at_desk(chen).post(page, {}).status_code == 404
    move = {"what": "Met us for an hour", "day": "2026-11-02", "source": "Our minutes", "stance": 4}
    assert field_errors(door.post(page, move | {"source": ""}), "source") == ["required"]
    door.post(page, move)
    told = at_desk(chen).get(page).content.decode()
    assert "Met us for an hour" in told
    assert "Passive ally." in told
    with pytest.raises(Refused):
        record_move(force=councillor, what="Said no", source=" ", by=bea)
    assert Move.objects.get().stance == 4
    door.post(f"{page}change/", {"stance": 5, "influence": 4, "strengths": "Signs", "limits": ""})
    field = door.get("/riverside/decide/forces/").content.decode()
    assert field.count("<svg") == 6
    assert "1 The housing" in field
