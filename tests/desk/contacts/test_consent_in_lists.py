"""Lists as other tools write them: who said no in any column is not kept, and nobody's yes is guessed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from massline.core.contact_points import normalise_contact_point
from massline.desk.contacts.imports.candidates import Candidate, read_candidates, read_language
from massline.desk.contacts.imports.column_mapping import CONSENTS, REFUSALS, guess_columns, says_no
from massline.desk.contacts.imports.consent import ListChoices
from massline.desk.contacts.imports.table_reader import read_table
from massline.desk.people.contact_import import ContactImport
from massline.desk.people.models import Account, Contact, Organisation
from tests.conftest import DoorClient, unlocked
from tests.desk.contacts.test_imports_and_exports import LISTS, columns, look
from tests.parts import shows
from tests.tables.table_files import csv_text, xlsx

VOUCHED = ListChoices(vouched=True, vouched_on=date(2026, 5, 3))


@pytest.fixture
def door(riverside: Organisation, amal: Account) -> DoorClient:
    return unlocked(amal, riverside)


def people(content: str | bytes, choices: ListChoices | None = None) -> list[Candidate]:
    table = read_table("list", content if isinstance(content, bytes) else content.encode())
    meanings = guess_columns(table.headers, table.rows)
    return list(read_candidates(table, meanings, choices or ListChoices()))


def kept(content: str | bytes, choices: ListChoices | None = None) -> list[str]:
    return [candidate.point for candidate in people(content, choices) if candidate.agrees]


def normal(points: Sequence[str]) -> list[str]:
    return [normalise_contact_point(point) for point in points]


# Headings and values as each system's documentation names them; people are made up.
SYSTEMS: dict[str, tuple[Sequence[Sequence[str]], list[str]]] = {
    "NationBuilder": (
        [
            [
                "nationbuilder_id",
                "first_name",
                "last_name",
                "email1",
                "email1_is_bad",
                "email_opt_in",
                "mobile_number",
                "mobile_opt_in",
                "do_not_contact",
                "do_not_call",
                "unsubscribed_at",
            ],
            [
                "1",
                "Fay",
                "Gold",
                "fay@example.org",
                "false",
                "true",
                "+44 7700 900101",
                "false",
                "false",
                "false",
                "",
            ],
            [
                "2",
                "Gus",
                "Hill",
                "gus@example.org",
                "false",
                "true",
                "+44 7700 900102",
                "true",
                "true",
                "true",
                "",
            ],
            [
                "3",
                "Hal",
                "Innes",
                "hal@example.org",
                "true",
                "true",
                "+44 7700 900103",
                "true",
                "false",
                "false",
                "",
            ],
            [
                "4",
                "Ivy",
                "Jones",
                "ivy@example.org",
                "false",
                "true",
                "",
                "",
                "false",
                "false",
                "2026-02-03 10:00:00",
            ],
        ],
        ["fay@example.org", "+44 7700 900103"],
    ),
    "Action Network": (
        [
            [
                "first_name",
                "last_name",
                "email",
                "zip_code",
                "can2_user_tags",
                "can2_subscription_status",
                "can2_phone",
                "can2_sms_status",
            ],
            ["Ana", "A", "ana@example.org", "10001", "tenants", "subscribed", "+17185550101", "unsubscribed"],
            ["Bo", "B", "bo@example.org", "10002", "", "bouncing", "+17185550102", "subscribed"],
            ["Cy", "C", "cy@example.org", "10003", "", "spam complaint", "", ""],
            ["Di", "D", "di@example.org", "10004", "", "unsubscribed", "", ""],
        ],
        ["ana@example.org", "+17185550102"],
    ),
    "EveryAction": (
        [
            [
                "VANID",
                "FirstName",
                "LastName",
                "Preferred Email",
                "Preferred Phone",
                "Email Subscription Status",
                "Phone Opt In Status",
                "Do Not Call",
                "Do Not Email",
                "Is Deceased",
            ],
            ["101", "Ana", "A", "ana@example.org", "(718) 555-0101", "Subscribed", "Unknown", "0", "0", "0"],
            ["102", "Bo", "B", "bo@example.org", "(718) 555-0102", "Subscribed", "Opt In", "0", "1", "0"],
            ["103", "Cy", "C", "cy@example.org", "", "Unsubscribed", "", "0", "0", "0"],
            ["104", "Di", "D", "di@example.org", "", "Subscribed", "", "0", "0", "1"],
        ],
        ["ana@example.org", "(718) 555-0102"],
    ),
    "CiviCRM": (
        [
            [
                "Contact ID",
                "Contact Type",
                "Sort Name",
                "Display Name",
                "Do Not Email",
                "Do Not Phone",
                "Do Not Trade",
                "No Bulk Emails (User Opt Out)",
                "Email",
                "On Hold",
                "Phone",
                "Einwilligung",
            ],
            ["1", "Individual", "Lund, Kim", "Kim Lund", "", "", "", "", "kim@example.org", "No", "", "ja"],
            [
                "2",
                "Individual",
                "Marsh, Lou",
                "Lou Marsh",
                "Yes",
                "",
                "",
                "",
                "lou@example.org",
                "No",
                "+45 20 12 34 56",
                "ja",
            ],
            [
                "3",
                "Individual",
                "Nord, Mia",
                "Mia Nord",
                "",
                "",
                "",
                "",
                "mia@example.org",
                "On Hold Bounce",
                "",
                "ja",
            ],
            ["4", "Individual", "Oak, Nils", "Nils Oak", "", "", "", "1", "nils@example.org", "No", "", "ja"],
        ],
        ["kim@example.org", "+45 20 12 34 56"],
    ),
    "Spoke": (
        [
            ["firstName", "lastName", "cell", "optOut", "consent"],
            ["Ana", "A", "+17185550101", "false", "yes"],
            ["Bo", "B", "+17185550102", "true", "yes"],
        ],
        ["+17185550101"],
    ),
    "Mobilize": (
        [
            [
                "user given name",
                "user family name",
                "user email address",
                "user phone number",
                "signup created date",
                "email opt in",
                "sms opt in",
            ],
            ["Ana", "A", "ana@example.org", "+17185550101", "2026-03-01", "Opted In", "Opted Out"],
            ["Bo", "B", "bo@example.org", "+17185550102", "2026-03-01", "Opted Out", "Opted Out"],
        ],
        ["ana@example.org"],
    ),
}


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
    assert says_no(heading)
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


def test_phone_books_and_cards_and_several_ways_in_a_cell() -> None:
    google = csv_text(
        [
            [
                "First Name",
                "Last Name",
                "Labels",
                "E-mail 1 - Label",
                "E-mail 1 - Value",
                "Phone 1 - Label",
                "Phone 1 - Value",
            ],
            [
                "Mia",
                "Nowak",
                "Tenants ::: * myContacts",
                "* ",
                "mia@example.org ::: mia@work.example",
                "Mobile",
                "+1 555-0151",
            ],
            ["Ned", "Oduya", "* myContacts", "", "", "Mobile", "+1 555-0152 ::: +1 555-0153"],
        ]
    )
    assert [(one.name, list(one.points)) for one in people(google, VOUCHED)] == [
        ("Mia Nowak", normal(["mia@example.org", "mia@work.example", "+1 555-0151"])),
        ("Ned Oduya", normal(["+1 555-0152", "+1 555-0153"])),
    ]
    cards = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ola Perez\r\nN:Perez;Ola;;;\r\nEMAIL;TYPE=INTERNET,HOME:ola@example.org\r\n"
        "TEL;TYPE=CELL:+1 555-0141\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nN:Ren;Qi;;;\r\nTEL;VALUE=uri;TYPE=cell:tel:+1-555-0142\r\nitem1.EMAIL:qi@exam\r\n ple.org\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\r\nM=C3=BC\r\nTEL;CELL:0301234567\r\nEND:VCARD\r\n"
    )
    assert [(one.name, list(one.points)) for one in people(cards, VOUCHED)] == [
        ("Ola Perez", normal(["ola@example.org", "+1 555-0141"])),
        ("Qi Ren", normal(["qi@example.org", "+1-555-0142"])),
        ("Jörg Mü", normal(["0301234567"])),
    ]
    two = people(
        "Name,Email,Phone,Consent\nDi,di@example.org; di2@example.org,+1 555-0133,yes\nRosa,Rosa <rosa@example.org>,+1 555-0134 / +1 555-0135,yes\n"
    )
    assert [list(one.points) for one in two] == [
        normal(["di@example.org", "di2@example.org", "+1 555-0133"]),
        normal(["rosa@example.org", "+1 555-0134", "+1 555-0135"]),
    ]
    assert two[0].further_points == 2


def test_names_with_the_family_first_and_languages_by_name() -> None:
    table = 'Name, Vorname;E-Mail;Einwilligung\n"Müller, Jürgen";jm@example.org;ja\n"Öz, Ayşe";ao@example.org;ja\n'
    assert [one.name for one in people(table.replace('"', "").replace("Name, Vorname", "Name, Vorname"))] == [
        "Jürgen Müller",
        "Ayşe Öz",
    ]
    assert list(
        map(read_language, ("es_ES", "Español", "English", "pt-BR", "العربية", "Deutsch", "Klingon", ""))
    ) == ["es", "es", "en", "pt", "ar", "de", "", ""]


def test_osdi_keeps_the_primary_address_that_may_be_written_to() -> None:
    osdi = (
        '{"_embedded": {"osdi:people": [{"given_name": "Edie", "email_addresses": [{"address": "old@example.org", '
        '"status": "bouncing"}, {"primary": true, "address": "edie@example.org", "status": "subscribed"}], '
        '"phone_numbers": [{"number": "+1 555-0181", "status": "unsubscribed"}]}, {"given_name": "Finn", '
        '"email_addresses": [{"address": "finn@example.org", "status": "unsubscribed"}]}]}}'
    )
    edie, finn = people(osdi)
    assert [(way.point, way.agreed, way.declined) for way in edie.ways] == [
        ("edie@example.org", True, False),
        (normalise_contact_point("+1 555-0181"), False, True),
    ]
    assert (finn.agrees, finn.said_no) == (False, True)
