"""The first evening: seven steps that tick off by what is there, and go when all are done."""

import pytest
from django.utils import timezone

from massline.desk.guard.keys.models import Unlock
from massline.desk.home.setup_steps import find_setup_progress
from massline.desk.listen.rounds.actions import conversation_of, open_round
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.people.section_lines import SectionLine, UnreadableLine, parse_section_lines
from tests.conftest import PASSPHRASE, at_desk, make_keys_safe
from tests.desk.decided_loop import plan_meeting
from tests.desk.guard.sheet_sittings import make_organiser
from tests.parts import field_errors, parts, shows

NEW = {"name": "Elm Street Tenants", "sentence": "Three blocks.", "passphrase": PASSPHRASE}


def open_steps(organisation: Organisation) -> list[str]:
    evening = find_setup_progress(organisation)
    return [step.name for step in evening.steps if not step.is_done] if evening else []


@pytest.fixture
def newcomer() -> Account:
    account = Account.objects.create_user("anna", PASSPHRASE, language="es")
    Account.objects.filter(pk=account.pk).update(may_found=True)
    return account


def test_three_fields_found_an_organisation_and_the_rest_is_guessed(newcomer: Account) -> None:
    door = at_desk(newcomer)
    page = door.get("/found/", headers={"accept-language": "en-IE,en;q=0.8"})
    guessed = page.context["form"].initial
    assert guessed == {"timezone_name": "Europe/Dublin", "language": "es"}
    answer = door.post("/found/", {**NEW, **guessed}, follow=True)
    elm = Organisation.objects.get(name="Elm Street Tenants")
    assert (elm.slug, elm.timezone, elm.language) == ("elm-street-tenants", "Europe/Dublin", "es")
    assert shows(answer, "founded")
    assert shows(answer, "first-evening")
    assert Unlock.objects.filter(account=newcomer).count() == 1
    assert shows(answer, "close-names"), "who has just typed the passphrase need not type it again"


def test_a_short_name_is_made_that_nobody_has(newcomer: Account, riverside: Organisation) -> None:
    door = at_desk(newcomer)
    door.post("/found/", {**NEW, "name": "اتحاد المستأجرين", "timezone_name": "UTC"})
    assert Organisation.objects.get(name="اتحاد المستأجرين").slug == "group"
    given = {**NEW, "timezone_name": "UTC", "slug": "riverside"}
    assert "slug" in str(door.post("/found/", given).context["form"].errors)


WRONG_NAMES = ("Elm Street", "elm/street", "élm", "شارع", "elm.street")


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("slug", WRONG_NAMES)
def test_a_wrong_short_name_is_refused_in_our_own_words(newcomer: Account, language: str, slug: str) -> None:
    """M3: the page said “Enter a valid ‘slug’ consisting of letters …”, in whatever language."""
    door = at_desk(newcomer)
    page = door.post("/found/", {**NEW, "slug": slug}, headers={"accept-language": language})
    assert field_errors(page, "slug") == ["invalid"]
    text = page.content.decode()
    assert "“slug”" not in text
    assert f'value="{NEW["name"]}"' in text, "what was typed is gone"


@pytest.mark.parametrize("field", ["name", "sentence", "slug", "imprint"])
def test_signs_that_cannot_be_kept_are_taken_out_and_not_named_to_people(
    newcomer: Account, field: str
) -> None:
    """M3: “Null characters are not allowed.”"""
    door = at_desk(newcomer)
    typed = {**NEW, "timezone_name": "UTC", "kind": "mass", "slug": "elm", "imprint": "The office"}
    answer = door.post("/found/", {**typed, field: f"{typed[field]}\x00"}, follow=True)
    assert shows(answer, "founded")
    assert Organisation.objects.filter(slug="elm", name=NEW["name"]).exists()


def test_steps_tick_off_by_what_is_there_and_vanish(harbour: Organisation, dina: Account) -> None:
    door = at_desk(dina)
    assert open_steps(harbour) == ["sections", "second-organiser", "keys", "meeting", "question", "shared"]
    assert len(parts(door.get("/harbour/"), "first-open")) == 6
    assert shows(
        door.post("/harbour/first/sections/", {"lines": "Quay 1–9, 40\nThe Mews: 81"}, follow=True),
        "sections-saved",
        2,
    )
    assert dict(Section.objects.filter(organisation=harbour).values_list("name", "headcount")) == {
        "Quay 1–9": 40,
        "The Mews": 81,
    }
    make_organiser("omar", harbour, dina)
    assert open_steps(harbour) == ["keys", "meeting", "question", "shared"]
    plan_meeting(harbour, dina)
    round_ = open_round(
        organisation=harbour, question="What about the quay?", closes_on=timezone.localdate(), by=dina
    )
    assert open_steps(harbour) == ["keys", "shared"]
    conversation = conversation_of(round_)
    assert conversation is not None
    conversation.participants.create(key="k")
    assert open_steps(harbour) == ["keys"]
    from massline.desk.guard.keys.unlock import open_by_passphrase

    vault = open_by_passphrase(dina, harbour, PASSPHRASE)
    make_keys_safe(harbour, vault, dina)
    assert not shows(door.get("/harbour/"), "first-evening")


def test_today_says_nothing_twice(harbour: Organisation, dina: Account) -> None:
    page = at_desk(dina).get("/harbour/")
    assert shows(page, "first-evening")
    assert not shows(page, "first-round")
    assert not shows(page, "mass-meeting")


def test_an_open_invitation_is_named(harbour: Organisation, dina: Account) -> None:
    door = at_desk(dina)
    door.post("/harbour/guard/invite/", {"role": 2})
    evening = find_setup_progress(harbour)
    assert evening is not None
    (step,) = (step for step in evening.steps if step.name == "second-organiser")
    assert not step.is_done
    assert str(timezone.localdate().year) in step.told or any(sign.isdigit() for sign in step.told)


def test_a_line_without_a_number_is_named_and_kept(harbour: Organisation, dina: Account) -> None:
    page = at_desk(dina).post("/harbour/first/sections/", {"lines": "The Gate\nQuay, 40\nThe Mews"})
    assert page.status_code == 422
    assert "The Gate; The Mews" in page.content.decode(), "all lines at once, so that one look mends them"
    assert field_errors(page, "lines") == ["no-count"]
    assert "The Mews" in page.content.decode()
    assert not Section.objects.filter(organisation=harbour).exists()


def test_lines_are_read_as_people_write_them() -> None:
    assert parse_section_lines(
        "Elm Street 2–10, 48\n\n  The   Mews - 81 flats\nthe mews; 80\nالشمال، 30"
        "\nBakery Lane about 60\nMill Road, ca. 25"
    ) == [
        SectionLine("Elm Street 2–10", 48),
        SectionLine("the mews", 80),
        SectionLine("الشمال", 30),
        SectionLine("Bakery Lane", 60),
        SectionLine("Mill Road", 25),
    ]
    for text, number, is_long in (
        ("A, 1\nElm Street 2–10", 2, False),
        ("A, 0", 1, False),
        (f"{'a' * 61}, 4", 1, True),
    ):
        with pytest.raises(UnreadableLine) as problem:
            parse_section_lines(text)
        assert (problem.value.number, problem.value.is_long) == (number, is_long)


def test_members_see_no_steps(riverside: Organisation, chen: Account) -> None:
    assert find_setup_progress(riverside) is not None
    assert not shows(at_desk(chen).get("/riverside/"), "first-evening")


def test_no_line_of_sections_is_lost() -> None:
    assert len(parse_section_lines("\n".join(f"Stair {n}, 10" for n in range(90)))) == 90
