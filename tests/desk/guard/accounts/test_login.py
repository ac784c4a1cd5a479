"""At the organisers' door: who comes in, who waits, and that nothing tells a wrong passphrase from an unknown name."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.guard.accounts import invitations, login_limits, pending_invitations, second_factor_policy
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import organisation_setup
from massline.desk.guard.keys.passphrase_limit import PASSPHRASE_ACCOUNT
from massline.desk.guard.keys.password_hasher import LimitedArgon2
from massline.desk.people import scope
from massline.desk.people.choices import OrganisationKind, Role, SecondFactorRule
from massline.desk.people.models import Account, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.parts import shows

WRONG = "not this one at all, friend"


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every Argon2id that is computed."""
    done: list[str] = []
    for name in ("encode", "verify"):
        before = getattr(LimitedArgon2, name)

        def counted(self: LimitedArgon2, *given: str, name: str = name, before: Any = before) -> Any:
            done.append(name)
            return before(self, *given)

        monkeypatch.setattr(LimitedArgon2, name, counted)
    return done


def knock(name: str, passphrase: str = WRONG, **door: str) -> Any:
    return DoorClient("desk", **door).post("/login/", {"name": name, "passphrase": passphrase})


def told(answer: Any) -> str:
    """The page, without the name that was typed and the token of its form."""
    text = answer.content.decode()
    return "\n".join(line for line in text.splitlines() if "csrf" not in line and 'name="name"' not in line)


def test_an_unknown_name_looks_like_a_wrong_passphrase_and_costs_the_same_hash(
    amal: Account, hashes: list[str]
) -> None:
    closed = Account.objects.create_user("closed", PASSPHRASE, is_active=False)
    assert closed.pk
    hashes.clear()
    faces, costs = [], []
    for name, passphrase in (("amal", WRONG), ("nobody", WRONG), ("closed", PASSPHRASE)):
        answer = knock(name, passphrase)
        faces.append((answer.status_code, told(answer)))
        costs.append(len(hashes))
        hashes.clear()
    assert faces[0] == faces[1] == faces[2]
    assert costs == [1, 1, 1]


def test_a_name_that_nobody_has_waits_like_one_that_somebody_has(
    amal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = login_limits.LOGIN_NAME._since
    monkeypatch.setattr("massline.web.rate_limits.monotonic", lambda: now)
    waits = []
    for name in ("amal", "nobody"):
        answers = [knock(name) for _ in range(login_limits.LOGIN_NAME.per + 1)]
        waits.append([(one.status_code, one.headers.get("Retry-After")) for one in answers])
    assert waits[0] == waits[1]
    assert waits[0][-1][0] == 429
    assert "Nothing is lost. Wait 2 minutes" in answers[-1].content.decode()


def test_the_right_passphrase_does_not_open_while_one_waits_and_opens_after(
    amal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(login_limits.LOGIN_NAME.per):
        knock("amal")
    waiting = knock("amal", PASSPHRASE)
    assert waiting.status_code == 429
    now = login_limits.LOGIN_NAME._since
    monkeypatch.setattr("massline.web.rate_limits.monotonic", lambda: now + int(waiting["Retry-After"]) + 1)
    assert knock("amal", PASSPHRASE).status_code == 302


def test_who_is_right_each_time_never_waits(amal: Account) -> None:
    assert {knock("amal", PASSPHRASE).status_code for _ in range(login_limits.LOGIN_NAME.per * 2)} == {302}


def test_one_address_cannot_try_every_name_and_another_goes_on(amal: Account) -> None:
    answers = [
        knock(f"name {n}", REMOTE_ADDR="203.0.113.7") for n in range(login_limits.LOGIN_SENDER.per + 1)
    ]
    assert [one.status_code for one in answers[-2:]] == [200, 429]
    assert knock("amal", PASSPHRASE, REMOTE_ADDR="203.0.113.8").status_code == 302
    assert not any(
        "203.0.113" in repr(vars(one)) for one in (login_limits.LOGIN_SENDER, login_limits.LOGIN_NAME)
    )


def test_invitations_cannot_be_guessed_in_a_row() -> None:
    door = DoorClient("desk", REMOTE_ADDR="203.0.113.7")
    answers = [
        door.get(f"/come-in/guess-{n}/").status_code for n in range(login_limits.INVITATION_SENDER.per + 1)
    ]
    assert set(answers[:-1]) == {404}
    assert answers[-1] == 429


def test_the_vault_cannot_be_guessed_from_a_stolen_session(riverside: Organisation, amal: Account) -> None:
    door = at_desk(amal)
    for _ in range(PASSPHRASE_ACCOUNT.per):
        assert door.post("/riverside/guard/unlock/", {"passphrase": WRONG}).status_code == 200
    assert door.post("/riverside/guard/unlock/", {"passphrase": PASSPHRASE}).status_code == 429


@pytest.mark.parametrize(
    ("house", "own", "chen_asked", "amal_asked"),
    [
        ("nobody", SecondFactorRule.NOBODY, False, False),
        ("holders", SecondFactorRule.NOBODY, False, True),
        ("nobody", SecondFactorRule.HOLDERS, False, True),
        ("holders", SecondFactorRule.EVERYBODY, True, True),
        ("everybody", SecondFactorRule.NOBODY, True, True),
    ],
)
def test_the_installation_asks_and_an_organisation_may_ask_more(
    riverside: Organisation,
    amal: Account,
    chen: Account,
    settings: Any,
    house: str,
    own: int,
    chen_asked: bool,
    amal_asked: bool,
) -> None:
    settings.SECOND_FACTOR = house
    Organisation.objects.filter(pk=riverside.pk).update(second_factor=own)
    assert (second_factor_policy.is_required(chen), second_factor_policy.is_required(amal)) == (
        chen_asked,
        amal_asked,
    )


def test_a_holder_has_a_fortnight_and_then_adds_a_factor_before_anything_else(
    riverside: Organisation, amal: Account
) -> None:
    door = DoorClient("desk")
    door.post("/login/", {"name": "amal", "passphrase": PASSPHRASE})
    assert door.get("/riverside/").status_code == 200
    assert "within 14 days" in door.get("/account/").content.decode()
    Account.objects.update(asked_on=timezone.localdate() - timedelta(days=14))
    assert door.get("/riverside/").status_code == 200
    late = DoorClient("desk")
    arrived = late.post("/login/", {"name": "amal", "passphrase": PASSPHRASE, "next": "/riverside/"})
    assert arrived.headers["Location"] == "/account/"
    assert late.get("/riverside/").headers["Location"] == "/account/"
    assert shows(late.get("/account/").content.decode(), "add-factor")


def test_into_an_inner_organisation_nobody_comes_by_one_person_alone(
    riverside: Organisation, amal: Account, bea: Account, chen: Account
) -> None:
    Organisation.objects.filter(pk=riverside.pk).update(kind=OrganisationKind.INNER)
    invited = at_desk(bea).post("/riverside/guard/invite/", {"role": 1}).content.decode()
    assert shows(invited, "waits-for-second")
    link = f"/come-in/{invited.split('/come-in/')[1].split('/')[0]}/"
    newcomer = {"name": "rosa", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    closed, never = DoorClient("desk").get(link), DoorClient("desk").get("/come-in/never-was/")
    assert (closed.status_code, closed.content) == (404, never.content)
    assert DoorClient("desk").post(link, newcomer).status_code == 404
    waiting = pending_invitations.pending_invitations(riverside).get()
    agree = f"/riverside/guard/invitations/{waiting.pk}/agree/"
    assert at_desk(chen).post(agree).status_code == 404
    at_desk(bea).post(agree)
    assert DoorClient("desk").get(link).status_code == 404
    for page in ("/riverside/guard/", "/riverside/guard/members/"):
        assert shows(at_desk(amal).get(page), "second-organiser-needed")
    at_desk(amal).post(agree)
    assert DoorClient("desk").post(link, newcomer).status_code == 302
    with scope.scope_to_everything("looking"):
        line = AuditLine.objects.get(organisation=riverside, verb="agreed to an invitation")
    assert line.account == amal


def test_the_founder_of_an_inner_organisation_invites_alone_while_alone(amal: Account) -> None:
    organisation, _vault = organisation_setup.found_organisation(
        by=amal, passphrase=PASSPHRASE, name="The core", slug="core", kind=OrganisationKind.INNER
    )
    secret = invitations.invite_member(organisation=organisation, role=Role.ORGANISER, by=amal)
    assert DoorClient("desk").get(f"/come-in/{secret}/").status_code == 200


def test_an_invitation_taken_back_opens_nothing(riverside: Organisation, amal: Account, bea: Account) -> None:
    secret = invitations.invite_member(organisation=riverside, role=Role.MEMBER, by=amal)
    waiting = pending_invitations.pending_invitations(riverside).get()
    at_desk(bea).post(f"/riverside/guard/invitations/{waiting.pk}/back/")
    assert DoorClient("desk").get(f"/come-in/{secret}/").status_code == 404


def test_a_holder_asks_everybody_and_the_page_says_who_has_one_lock(
    riverside: Organisation, amal: Account, bea: Account, chen: Account
) -> None:
    door = at_desk(amal)
    assert at_desk(bea).post("/riverside/guard/second-factor/", {"asked": "2"}).status_code == 404
    assert door.post("/riverside/guard/second-factor/", {"asked": "7"}).status_code == 422
    door.post("/riverside/guard/second-factor/", {"asked": "2"})
    assert second_factor_policy.is_required(chen)
    assert shows(door.get("/riverside/guard/members/"), "no-second-factor")
    today = at_desk(chen).get("/riverside/").content.decode()
    assert shows(today, "second-factor")
    assert "within 14 days" in today


def test_the_chain_hears_of_waiting_once_and_of_no_name(riverside: Organisation, amal: Account) -> None:
    for name in ("amal", "nobody"):
        for _ in range(login_limits.LOGIN_NAME.per + 3):
            knock(name, REMOTE_ADDR=f"203.0.113.{len(name)}")
    with scope.scope_to_everything("looking"):
        [line] = AuditLine.objects.filter(verb__contains="tried too often")
    assert (line.organisation, line.account, line.subject) == (None, None, "the door")
