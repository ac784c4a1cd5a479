"""Lists as other tools write them: who said no in any column is not kept, and nobody's yes is guessed."""

from typing import Any

import pytest

from massline.desk.contacts.imports.column_mapping import (
    CONSENTS,
    REFUSALS,
    guess_columns,
    is_refusal_heading,
)
from massline.desk.people.contact_import_model import ContactImport
from massline.desk.people.models import Account, Contact
from tests.conftest import DoorClient
from tests.desk.contacts.list_pages import LISTS, columns, look
from tests.desk.contacts.read_lists import VOUCHED, kept, normal
from tests.desk.contacts.system_lists import SYSTEMS
from tests.parts import shows
from tests.tables.table_files import csv_text, xlsx


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_way_has_its_own_answer_and_a_no_wins(system: str) -> None:
    rows, expected = SYSTEMS[system]
    assert kept(csv_text(rows)) == normal(expected)
    assert kept(xlsx(People=rows)) == normal(expected)


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        *(("Do not contact", value) for value in ("yes", "x", "TRUE", "2026-01-02", "asked us to stop", "1")),
        *(("STOP", value) for value in ("STOP", "yes", "stop received 3 May")),
        *(("Unsubscribed at", value) for value in ("2026-01-02 10:00", "3/4/2026")),
        ("Bounced", "hard"),
        ("Opted-out", "Y"),
        ("Abgemeldet am", "3.4.2026"),
        ("Désabonné le", "03/04/2026"),
        ("Fecha de baja", "2026-01-02"),
        ("Não contactar", "sim"),
        ("لا تتواصل", "نعم"),
        ("Consent withdrawn on", "2026-02-02"),
    ],
)
def test_a_column_that_says_no_beats_a_yes_also_where_everybody_was_vouched_for(
    heading: str, value: str
) -> None:
    rows = [
        ["Name", "Email", "Consent", heading],
        ["Ana", "ana@example.org", "yes", value],
        ["Bo", "bo@example.org", "yes", ""],
    ]
    assert kept(csv_text(rows)) == ["bo@example.org"]
    assert kept(csv_text(rows), VOUCHED) == ["bo@example.org"]
    assert is_refusal_heading(heading)
    assert not set(guess_columns([heading])) & CONSENTS
    assert set(guess_columns([heading])) & REFUSALS


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        *(
            (value, True)
            for value in ("TRUE", "Agreed", "Opted in", "I agree to be contacted", "checked", "1.0", "WAHR")
        ),
        *(
            (value, True)
            for value in (
                "on",
                "Sí",
                "oui",
                "ja",
                "نعم",
                "sim",
                "✓",
                "2026-03-04",
                "12/31/2025",
                "Dec 31, 2025",
            )
        ),
        *(
            (value, False)
            for value in ("No", "nein", "لا", "unsubscribed", "bounced", "pending", "", "perhaps", "0")
        ),
    ],
)
def test_the_usual_words_are_known_and_others_are_no_yes(value: str, answer: bool) -> None:
    assert bool(kept(csv_text([["Name", "Email", "Consent"], ["Ana", "ana@example.org", value]]))) is answer


def test_a_no_in_one_row_beats_a_yes_of_the_same_person_in_another(door: DoorClient) -> None:
    run = look(
        door, "Name,Email,Consent\nAna,ana@example.org,yes\nAna,ANA@example.org,no\nBo,bo@example.org,yes\n"
    ).context["run"]
    assert [candidate.name for candidate in run.new] == ["Bo"]
    assert len(run.refusing) == 2


def test_words_that_are_not_known_are_shown_with_their_counts_and_asked_about(door: DoorClient) -> None:
    listed = "Name,Email,Consent\nAna,ana@example.org,green\nBo,bo@example.org,green\nCy,cy@example.org,red\n"
    page = look(door, listed)
    form = page.context["form"]
    assert form.words == ["green", "red"]
    assert page.context["run"].new == []
    chosen = {"list": page.context["list"], "source": "The stall", **columns("name", "mail", "consent")}
    run = door.post(LISTS, {**chosen, "word_0": "yes", "word_1": "no"}).context["run"]
    assert [candidate.name for candidate in run.new] == ["Ana", "Bo"]
    assert len(run.refusing) == 1


def test_a_whole_list_is_vouched_for_by_name_and_day_and_days_of_the_list_are_kept(
    door: DoorClient, amal: Account
) -> None:
    mailchimp = (
        "Email Address,First Name,Last Name,OPTIN_TIME,CONFIRM_TIME,MEMBER_RATING\n"
        "kim@example.org,Kim,Lund,2025-03-05 10:12:11,2025-03-05 10:15:00,2\nlou@example.org,Lou,Marsh,,,2\n"
    )
    page = look(door, mailchimp)
    assert shows(page, "no-consent-column")
    form = page.context["form"]
    chosen: dict[str, Any] = {
        "list": page.context["list"],
        "source": "Newsletter",
        **columns(*map(str, form.meanings)),
    }
    assert door.post(LISTS, {**chosen, "vouched": "on", "bring": "1"}).context["run"] is None
    assert not Contact.objects.exists()
    door.post(LISTS, {**chosen, "vouched": "on", "vouched_on": "2026-05-03", "bring": "1"})
    assert sorted(map(str, Contact.objects.values_list("consent_on", flat=True))) == [
        "2025-03-05",
        "2026-05-03",
    ]
    brought = ContactImport.objects.get()
    assert (brought.vouched_by, str(brought.vouched_on)) == (amal.name, "2026-05-03")
    assert set(Contact.objects.values_list("brought_by", flat=True)) == {brought.pk}


def test_days_with_two_readings_are_asked_about(door: DoorClient) -> None:
    page = look(door, "Name,Email,Consent\nAna,ana@example.org,3/4/2026\n")
    assert shows(page, "day-order")
    chosen = {"list": page.context["list"], "source": "x", **columns("name", "mail", "consent")}
    run = door.post(LISTS, {**chosen, "day_order": "month"}).context["run"]
    assert [str(candidate.consent_on) for candidate in run.new] == ["2026-03-04"]


def test_columns_set_by_hand_are_remembered_for_the_next_list_like_it(door: DoorClient) -> None:
    listed = "Who,Where,Fine\nAna,ana@example.org,yes\n"
    page = look(door, listed)
    door.post(
        LISTS,
        {"list": page.context["list"], "source": "x", "bring": "1", **columns("name", "mail", "consent")},
    )
    assert Contact.objects.count() == 1
    again = look(door, "Who,Where,Fine\nBo,bo@example.org,yes\n").context["run"]
    assert [candidate.name for candidate in again.new] == ["Bo"]
