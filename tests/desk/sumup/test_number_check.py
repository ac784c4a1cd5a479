"""Numbers in a claim: found however they are written, and held against what the claim cites."""

import pytest

from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account
from massline.desk.sumup.claims import actions, signing_readiness
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.claims.models import Claim
from massline.desk.sumup.claims.number_check import unsupported_numbers
from massline.desk.sumup.claims.number_parser import parse_numbers
from massline.desk.sumup.claims.signing_readiness import NotReady
from tests.conftest import at_desk
from tests.desk import heard_round
from tests.parts import shows


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Nine in ten want it, 94 % surely", [("ratio", 9, 10), ("share", 0.94, 0)]),
        ("Twenty-three of 60, two hundred and five", [("ratio", 23, 60), ("count", 205, 0)]),
        ("Two thirds, or half", [("share", 2 / 3, 0), ("share", 1 / 2, 0)]),
        ("1,250 or 1 250 voices at 11:00 in 2026", [("count", 1250, 0), ("count", 1250, 0)]),
        (
            "La mitad, nueve de cada diez, el 75 por ciento",
            [("share", 0.5, 0), ("ratio", 9, 10), ("share", 0.75, 0)],
        ),
        ("veintitrés vecinas y dos tercios", [("count", 23, 0), ("share", 2 / 3, 0)]),
        ("ثلثا السكان، ٥٦ من ٨٠ و٧٠٪", [("share", 2 / 3, 0), ("ratio", 56, 80), ("share", 0.7, 0)]),
        ("خمسة أشخاص ونصف البناية", [("count", 5, 0)]),
        (
            "Deux cents foyers, soixante et un pour cent, les deux tiers",
            [("count", 200, 0), ("share", 0.61, 0), ("share", 2 / 3, 0)],
        ),
        (
            "Duzentas e cinquenta vizinhas, 7 em cada 10, a metade",
            [("count", 250, 0), ("ratio", 7, 10), ("share", 1 / 2, 0)],
        ),
        (
            "三百二十户里百分之八十的人\uff0c12户签了名\uff0c1.2万人\uff0c一半",
            [("count", 320, 0), ("share", 0.8, 0), ("count", 12, 0), ("count", 12000, 0), ("share", 0.5, 0)],
        ),
        ("一百二、三千五、一万二、三百零五", [("count", n, 0) for n in (120, 3500, 12000, 305)]),
        ("二三十人\uff0c3亿人", [("count", 25, 0), ("count", 300_000_000, 0)]),
        ("十二月一日和12月1日开会\uff0c十人中有九人要\uff0c九成", [("ratio", 9, 10), ("share", 0.9, 0)]),
        ("٪٣٠ من السكان، %50 too", [("share", 0.3, 0), ("share", 0.5, 0)]),
        ("万一十分一起\uff0c三五个人", []),
        ("No one, once, one neighbour, the 3rd floor, B12", []),
    ],
)
def test_numbers_are_found_in_words_and_digits(sentence: str, found: list[tuple[str, float, float]]) -> None:
    assert [(one.kind, one.value, one.whole) for one in parse_numbers(sentence)] == found


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Eleven of twelve want the bill.", []),
        ("Nine in ten want the bill.", []),
        ("92 % want the bill.", []),
        ("Of nine we spoke to, most freeze.", []),
        ("All want the bill, and flat B12 most.", []),
        ("Half want the bill.", ["Half"]),
        ("Twelve of twelve want the bill.", ["Twelve of twelve"]),
        ("95 % want the bill.", ["95 %"]),
        ("Forty people want the bill.", ["Forty"]),
    ],
)
def test_a_number_is_held_against_the_votes_it_cites(
    heating: ListeningRound, bea: Account, sentence: str, wrong: list[str]
) -> None:
    sum_up = actions.begin_sum_up(round_=heating, title="Cold", by=bea)
    cited = [heard_round.statement(heating)]
    claim = actions.add_claim(sum_up=sum_up, text=sentence, statements=cited, by=bea)
    found = unsupported_numbers(claim, CitedData(heating))
    assert [one.number.words for one in found] == wrong
    for one in found:
        assert "11 of 12 (92%)" in str(one) or one.number.kind == "count"


def test_a_number_out_of_the_quote_itself_is_right(heating: ListeningRound, bea: Account) -> None:
    from massline.desk.listen.field_reports.actions import VoiceText

    heard_round.write(heating, bea, "Block C", [VoiceText("Seventeen degrees in March.")])
    sum_up = actions.begin_sum_up(round_=heating, title="Cold", by=bea)
    said = [heard_round.voice(heating, "Seventeen degrees in March.")]
    claim = actions.add_claim(sum_up=sum_up, text="At 17 degrees children cough.", voices=said, by=bea)
    assert unsupported_numbers(claim, CitedData(heating)) == []


def test_a_wrong_number_stops_the_signature_until_it_is_right_or_somebody_says_why(
    heating: ListeningRound, bea: Account, amal: Account
) -> None:
    sum_up = heard_round.written(heating, bea)
    door, address = at_desk(bea), f"/riverside/sum-up/{sum_up.pk}/"
    cited = {"statements": heard_round.statement(heating).pk}
    door.post(f"{address}claims/", {"text": "Half want the bill.", **cited})
    claim = Claim.objects.get(text="Half want the bill.")
    with pytest.raises(NotReady) as refused:
        actions.sign_sum_up(sum_up=sum_up, by=amal)
    assert [type(one) for one in refused.value.reasons] == [signing_readiness.WrongNumber]
    page = door.get(address).content.decode()
    assert shows(page, "wrong-number", "“Half”")
    assert shows(page, "wrong-number", 1, 11, 12)
    because = {"numbers_because": "Half of all who live there, not of those who voted."}
    door.post(f"{address}claims/{claim.pk}/", {"text": claim.text, **cited, **because})
    claim.refresh_from_db()
    assert claim.numbers_because == because["numbers_because"]
    actions.sign_sum_up(sum_up=sum_up, by=amal)
    assert "Half of all who live there" in door.get(address).content.decode()
