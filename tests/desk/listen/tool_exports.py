"""Tables of words as surveys and other tools write them, and the voices to be found in each."""

from tests.tables.table_files import csv_text, ods, xlsx

KOBO = [
    [
        "start",
        "end",
        "deviceid",
        "your_view",
        "mood",
        "block",
        "_id",
        "_uuid",
        "_submission_time",
        "__version__",
    ],
    [
        "2026-11-20T10:01:02.000+01:00",
        "2026-11-20T10:05:02.000+01:00",
        "collect:a1b2c3d4e5f6a7b8",
        "The heating is cold",
        "3",
        "Block A",
        "101",
        "7f3a2b1c-0001-4000-8000-000000000001",
        "2026-11-20T09:05:04",
        "vA1",
    ],
    [
        "2026-11-20T10:01:02.000+01:00",
        "2026-11-20T10:05:02.000+01:00",
        "collect:a1b2c3d4e5f6a7b8",
        "N/A",
        "5",
        "Block B",
        "102",
        "7f3a2b1c-0001-4000-8000-000000000002",
        "2026-11-20T09:06:04",
        "vA1",
    ],
    [
        "2026-11-20T10:01:02.000+01:00",
        "",
        "collect:a1b2c3d4e5f6a7b8",
        "Rent, and mould",
        "",
        "Block B",
        "103",
        "7f3a2b1c-0001-4000-8000-000000000003",
        "2026-11-20T09:06:05",
        "vA1",
    ],
]
# Headings as each tool's documentation or exporter names them; what people say is made up.
VOICES: dict[str, tuple[str | bytes, list[str]]] = {
    "KoboToolbox": (csv_text(KOBO, delimiter=";"), ["The heating is cold", "Rent, and mould"]),
    "KoboToolbox, XLSX": (xlsx(survey=KOBO), ["The heating is cold", "Rent, and mould"]),
    "Google Forms": (
        csv_text(
            [
                ["Timestamp", "Email Address", "Which block do you live in?", "What should change first?"],
                ["11/20/2026 18:30:12", "a@example.org", "Block A", "The hot water is off"],
                ["11/21/2026 9:02:44", "b@example.org", "Block C", "The lift, again"],
            ]
        ),
        ["The hot water is off", "The lift, again"],
    ),
    "Google Forms, German": (
        csv_text(
            [
                ["Zeitstempel", "Was stört Sie am meisten: Miete, Heizung, oder anderes?"],
                ["21.11.2026 18:03:11", "Heizung; seit Tagen kalt"],
                ["22.11.2026 18:03:11", "Lärm im Hof"],
            ],
            delimiter=";",
        ).encode("cp1252"),
        ["Heizung; seit Tagen kalt", "Lärm im Hof"],
    ),
    "LimeSurvey": (
        csv_text(
            [
                ["id", "submitdate", "lastpage", "startlanguage", "seed", "G01Q01", "G01Q02"],
                ["1", "2026-11-20 10:00:00", "2", "de", "1830472", "A1", "Die Heizung ist seit Tagen kalt"],
                ["2", "2026-11-21 10:00:00", "2", "de", "9483021", "A2", "Der Aufzug ist wieder kaputt"],
            ]
        ),
        ["Die Heizung ist seit Tagen kalt", "Der Aufzug ist wieder kaputt"],
    ),
    "Loomio": (
        csv_text(
            [
                [
                    "id",
                    "group_id",
                    "discussion_id",
                    "author_id",
                    "discussion_title",
                    "author_name",
                    "body",
                    "created_at",
                ],
                [
                    "1",
                    "7",
                    "9",
                    "3",
                    "A rather long title of a discussion",
                    "Ana",
                    "We need heat",
                    "2026-11-20 10:00:00 UTC",
                ],
            ]
        ),
        ["We need heat"],
    ),
    "Talk to the City": (
        csv_text(
            [
                ["comment-id", "comment-body", "interview", "video", "timestamp"],
                ["1", "Rent eats half of what I earn.", "Ana", "", "00:01:02"],
                ["2", "The stairwell light is out.", "Ben", "", "00:02:02"],
            ]
        ),
        ["Rent eats half of what I earn.", "The stairwell light is out."],
    ),
    "one sentence a line": (
        "The rent is too high, much too high.\nWe need heat.\nFix the lift.\n",
        ["The rent is too high, much too high.", "We need heat.", "Fix the lift."],
    ),
    "sep line": ("sep=;\nwords;section\nWe want heat now;Block A\n", ["We want heat now"]),
    "ODS": (ods([["words", "section"], ["We want heat now", "Block A"]]), ["We want heat now"]),
    "a mood in words of their own": (
        'Datum;Abteilung;Kommentar;Stimmung\n20.11.2026;Block A;Die Türen schließen nicht;gut\n21.11.2026;Block A;"Zeile eins\nZeile zwei; mit Semikolon";2\n',
        ["Die Türen schließen nicht", "Zeile eins\nZeile zwei; mit Semikolon"],
    ),
    "Arabic": (
        "طابع زمني,ما الذي يجب أن يتغير؟\n2026/11/20 10:00,التدفئة لا تعمل منذ أيام\n",
        ["التدفئة لا تعمل منذ أيام"],
    ),
    "UTF-16": ("words\tsection\nIt’s cold\tBlock A\n".encode("utf-16"), ["It’s cold"]),
}
