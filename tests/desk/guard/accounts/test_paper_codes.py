"""Codes on paper: shown once, kept as hashes, each good for one login."""

import re
from typing import Any

from massline.desk.people.models import Account, Organisation
from massline.desk.people.second_factor_models import RecoveryCode
from tests.conftest import DoorClient, at_desk
from tests.desk.guard.accounts.code_app import NOON, SECRET, give, half_way, shown, verbs_of


def printed(door: DoorClient) -> list[str]:
    return re.findall(r"<code>([a-z2-9-]{29})</code>", door.post("/account/codes/").content.decode())


def test_codes_on_paper_are_shown_once_and_kept_as_hashes(with_app: Account) -> None:
    door = at_desk(with_app)
    paper = printed(door)
    assert len(set(paper)) == 10
    assert all(5 * len(code.replace("-", "")) >= 112 for code in paper)
    assert paper[0] not in door.get("/account/codes/").content.decode()
    assert "You have 10 codes left" in door.get("/account/codes/").content.decode()
    kept = b"".join(bytes(row.digest) for row in RecoveryCode.objects.all())
    assert not any(code.replace("-", "").encode() in kept for code in paper)


def test_a_code_on_paper_opens_once_however_it_is_typed_and_is_noted(
    riverside: Organisation, with_app: Account
) -> None:
    paper = printed(at_desk(with_app))
    assert give(half_way(), paper[3].upper().replace("-", " ")).status_code == 302
    assert give(half_way(), paper[3]).status_code == 200
    assert give(half_way(), paper[4]).status_code == 302
    assert RecoveryCode.objects.filter(used_on=None).count() == 8
    assert verbs_of(riverside).count("came in with a code on paper") == 2


def test_new_paper_makes_the_old_worthless(with_app: Account) -> None:
    door = at_desk(with_app)
    old, new = printed(door), printed(door)
    assert give(half_way(), old[0]).status_code == 200
    assert give(half_way(), new[0]).status_code == 302


def test_a_code_on_paper_of_somebody_else_opens_nothing(
    with_app: Account, harbour: Organisation, dina: Account
) -> None:
    hers = printed(at_desk(dina))
    assert give(half_way(), hers[0]).status_code == 200


def test_a_lost_server_secret_leaves_the_paper(with_app: Account, settings: Any) -> None:
    paper = printed(at_desk(with_app))
    settings.SECRET_KEY = "another one"
    assert give(half_way(), shown(SECRET, NOON)).status_code == 200
    assert give(half_way(), paper[0]).status_code == 302
