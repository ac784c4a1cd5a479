"""The words of sheets are in no row, session, cookie or log."""

from itertools import pairwise

import pytest
from django.db import connections

from massline.desk.guard.audit.models import AuditLine
from massline.desk.people.models import Account, Organisation
from tests.desk.guard.sheet_sittings import (
    make_sheets,
    prove,
    see_words,
    sit_down,
)


def test_nothing_of_the_words_is_in_any_row_session_cookie_or_log(
    harbour: Organisation, dina: Account, omar: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    first, second = sit_down(dina, omar, harbour)
    sheets = see_words(first), see_words(second)
    prove(first, sheets[0])
    prove(second, sheets[1])
    second.post("/harbour/guard/paper/sheet/", {"words": " ".join(sheets[1])})
    stored = "\n".join(everything_stored())
    cookies = " ".join(morsel.value for door in (first, second) for morsel in door.cookies.values())
    for words in sheets:
        for pair in pairwise(words[3:]):
            for text in (" ".join(pair), "".join(pair), ", ".join(repr(word) for word in pair)):
                assert text not in stored
                assert text not in cookies
                assert text not in caplog.text


def everything_stored() -> list[str]:
    """Every value of every table of the desk, as text; blobs as Latin-1, so that words in them would be seen."""
    values = []
    with connections["desk"].cursor() as cursor:
        for table in connections["desk"].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                values += [
                    bytes(value).decode("latin-1") if isinstance(value, (bytes, memoryview)) else str(value)
                    for value in row
                ]
    return values


def test_the_activity_log_names_what_was_done_without_content(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    make_sheets(dina, omar, harbour)
    lines = AuditLine.objects.filter(organisation=harbour).values_list("account__name", "verb")
    assert {
        ("omar", "made sheets with others"),
        ("dina", "proved a sheet"),
        ("omar", "proved the recovery"),
    } <= set(lines)
