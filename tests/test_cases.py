"""Every case that failed once is walked by a test: tests/cases.tsv names it, and it is there."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.PACKAGE).parent
ROWS = [line.split("\t") for line in (ROOT / "tests/cases.tsv").read_text().splitlines()]
# How many cases were found of each kind of fault; the kinds are named by letters, their cases numbered from 1. A case
# may have several tests. A kind that is added here must be whole.
FOUND = {
    "A": 3,  # a form that was opened earlier
    "B": 7,  # one person written many ways
    "C": 3,  # slots and waiting
    "D": 8,  # dates and hours
    "E": 5,  # motions and decisions
    "F": 5,  # moderation and the map
    "G": 18,  # reading tables
    "H": 5,  # consent and opting out
    "I": 5,  # exports of Polis as they come
    "J": 2,  # chat logs and plain lists
    "K": 4,  # out and in again
    "L": 8,  # feeds and calendars
    "M": 3,  # the language of what is sent
    "N": 8,  # numbers that disagree
    "O": 2,  # what was typed is lost
    "P": 3,  # two people means two people
    "Q": 3,  # what stays on the disk
    "R": 2,  # reading one person out of a public page
    "S": 2,  # a small file that becomes a large one
    "T": 2,  # one message that stops the others
    "U": 2,  # work that holds the worker
    "V": 2,  # passing oneself off
    "W": 5,  # limits
    "X": 2,  # the API and webhooks
    "Y": 7,  # the command line on files
    "Z": 8,  # pages and charts
}


def test_every_case_has_a_test() -> None:
    assert ROWS[0] == ["case", "test"]
    cases = [case for case, _test in ROWS[1:]]
    assert set(cases) >= {f"{kind}{number}" for kind, most in FOUND.items() for number in range(1, most + 1)}
    assert all(re.fullmatch(r"[A-Z]{1,2}[1-9][0-9]*", case) for case in cases)
    assert cases == sorted(cases, key=lambda case: (len(case.rstrip("0123456789")), case))


def test_every_test_of_a_case_exists() -> None:
    for case, test in ROWS[1:]:
        file, _, name = test.partition("::")
        assert (ROOT / file).is_file(), case
        assert re.search(rf"^def {re.escape(name)}\(", (ROOT / file).read_text(), re.MULTILINE), (
            f"{case}: {test}"
        )
