"""Somebody founds organisations and comes in under names that a reader takes for another's, sign by sign.

Every sign of a real name is replaced by each that looks like it (UTS #39), invisible and direction marks are put between
signs, and letters are written in other styles. python -m drills.impersonator MOST tries so many of each.
"""

import logging
import random
import unicodedata
from collections.abc import Iterator
from typing import Any

from drills.isolated_run import print_results, run_isolated
from drills.quick_requests import quicken_requests
from drills.result import Result

LONG, SHORT = 400, 60
REAL, ORGANISER = "Riverside Tenants", "amal"
BETWEEN = "\u200b\u200c\u200d\u00ad\u202e\u2066\u2060\ufeff\u034f\u3164"
PASSPHRASE = "nine owls count the rain"


def run(short: bool) -> list[Result]:
    return run_isolated("drills.impersonator", SHORT if short else LONG)


def fakes_of(name: str, most: int) -> list[str]:
    """Names that look like this one, drawn from all of them; the same in every run."""
    every = sorted({fake for fake in _fakes(name) if fake != name and len(fake) <= 60})
    return random.Random(11).sample(every, min(most, len(every)))


def _fakes(name: str) -> Iterator[str]:
    from confusable_homoglyphs.confusables import confusables_data  # type: ignore[import-untyped]

    for at, sign in enumerate(name):
        for other in confusables_data.get(sign, ()):
            # The desk keeps names as they are normalised; what normalises to the name is the name.
            if unicodedata.normalize("NFC", other["c"]) != sign:
                yield f"{name[:at]}{other['c']}{name[at + 1 :]}"
        for mark in BETWEEN:
            yield f"{name[:at]}{mark}{name[at:]}"
        yield (
            f"{name[:at]}{sign}\u0323{name[at + 1 :]}" if sign.isalpha() else f"{name[:at]}-{name[at + 1 :]}"
        )
        if sign.isascii() and sign.isalpha():
            yield f"{name[:at]}{chr(0xFF00 + ord(sign) - 0x20)}{name[at + 1 :]}"
    yield name.upper()
    yield name.replace(" ", "\u00a0")


def inside(most: int) -> list[Result]:
    from massline.cli.django_setup import setup_django

    setup_django("desk")
    from unittest.mock import patch

    from django.test.utils import setup_test_environment

    setup_test_environment()
    logging.disable(logging.WARNING)  # most of what is tried is refused
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("a drill looks"):
        set_the_stage()
        before = front_page()
        founded, tried = found_all(fakes_of(REAL, most))
        after = front_page()
        came, names = come_in_as_all(fakes_of(ORGANISER, most))
        unvouched = found_without_a_word()
        with patch("massline.desk.people.lookalike_names.name_skeleton", lambda name: name):
            blind, of = found_all(fakes_of(REAL, 40))
    return [
        Result(
            "organisations founded under a name that looks like a real one's",
            "0",
            f"{founded} of {tried}",
            not founded,
        ),
        Result(
            "the front page of the public site after all of them",
            "as before",
            "as before" if before == after else "changed",
            before == after,
        ),
        Result(
            "accounts that came in under a name that looks like an organiser's",
            "0",
            f"{came} of {names}",
            not came,
        ),
        Result("public organisations founded without anybody's word", "0", f"{unvouched}", not unvouched),
        Result.control(
            "names are compared as they are written",
            "at least half",
            f"{blind} of {of}",
            blind >= 0.5 * of,
        ),
    ]


def set_the_stage() -> None:
    from django.conf import settings

    from massline.cli.first_start import prepare_databases
    from massline.desk.guard.keys.organisation_setup import found_organisation
    from massline.desk.people.models import Account

    prepare_databases(lambda _: None)
    quicken_requests()
    settings.ARGON2_KIB = 64  # hashing is not what is drilled
    amal = Account.objects.create_user(ORGANISER, PASSPHRASE)
    found_organisation(
        by=amal, passphrase=PASSPHRASE, name=REAL, slug="riverside", sentence="Tenants of five blocks."
    )
    Account.objects.create_user("stranger", PASSPHRASE)


def found_all(names: list[str]) -> tuple[int, int]:
    """Found an organisation under each name, with a word given for it; return how many were founded, and undo them."""
    from massline.desk.people.models import Account, Organisation
    from massline.square.organisations.models import PublicOrganisation

    founded = 0
    for number, name in enumerate(names):
        Account.objects.filter(name="stranger").update(may_found=True)
        found(name, f"copy-{number}")
        founded += Organisation.objects.exclude(slug="riverside").exists()
        PublicOrganisation.objects.exclude(slug="riverside").delete()
        Organisation.objects.exclude(slug="riverside").delete()
    return founded, len(names)


def found(name: str, slug: str) -> None:
    from massline.desk.people.models import Account
    from massline.web.rate_limits import empty_limiters
    from tests.conftest import at_desk

    empty_limiters()
    form = {"name": name, "slug": slug, "sentence": "We are new.", "kind": "mass", "timezone_name": "UTC"}
    at_desk(Account.objects.get(name="stranger")).post("/found/", form | {"passphrase": PASSPHRASE})


def front_page() -> bytes:
    from tests.conftest import DoorClient

    page: bytes = DoorClient("square").get("/").content
    return page


def come_in_as_all(names: list[str]) -> tuple[int, int]:
    from massline.desk.guard.accounts import invitations
    from massline.desk.people.choices import Role
    from massline.desk.people.models import Account, Organisation
    from massline.web.rate_limits import empty_limiters
    from tests.conftest import DoorClient

    amal, organisation = Account.objects.get(name=ORGANISER), Organisation.objects.get(slug="riverside")
    came = 0
    for name in names:
        empty_limiters()
        secret = invitations.invite_member(organisation=organisation, role=Role.MEMBER, by=amal)
        before = Account.objects.count()
        form: dict[str, Any] = {"name": name, "passphrase": PASSPHRASE, "again": PASSPHRASE}
        DoorClient("desk").post(f"/come-in/{secret}/", form)
        came += Account.objects.count() - before
    return came, len(names)


def found_without_a_word() -> int:
    from massline.desk.people.models import Account
    from massline.square.organisations.models import PublicOrganisation

    Account.objects.update(may_found=False)
    found("Quay Dwellers", "quay")
    return PublicOrganisation.objects.exclude(slug="riverside").count()


if __name__ == "__main__":
    print_results(inside)
