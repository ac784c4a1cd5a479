"""Phone books, cards and OSDI: several ways in a cell, names with the family first, the primary address."""

from massline.core.contact_points import normalise_contact_point
from massline.desk.contacts.imports.import_candidates import read_language
from tests.desk.contacts.read_lists import VOUCHED, normal, people
from tests.tables.table_files import csv_text


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
