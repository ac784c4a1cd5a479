"""The way in for the first organiser, and a demonstration that is there whole or not at all."""

import stat
from pathlib import Path
from typing import Any

import pytest

from massline import demo
from massline.cli import first_start
from massline.desk.guard.accounts import invitations
from massline.desk.guard.keys import organisation_setup
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def come_in(secret: str, name: str) -> None:
    invitation = invitations.find_invitation(secret)
    assert invitation is not None
    invitations.accept_invitation(invitation, secret=secret, name=name, passphrase=PASSPHRASE)


def test_each_start_shows_a_fresh_link_until_somebody_came_in() -> None:
    lost, shown = first_start.first_link_secret(), first_start.first_link_secret()
    assert lost is not None
    assert shown is not None
    assert invitations.find_invitation(lost) is None
    come_in(shown, "amal")
    assert first_start.first_link_secret() is None


def test_the_demonstrations_link_is_shown_until_it_is_used(
    monkeypatch: pytest.MonkeyPatch, riverside: Any, amal: Any, tmp_path: Path
) -> None:
    def build(_say: first_start.Progress) -> str:
        return invitations.invite_member(organisation=riverside, role=Role.MEMBER, by=amal)

    monkeypatch.setattr(demo, "build", build)
    secret = first_start.build_demo(lambda _: None)
    (kept,) = tmp_path.glob("*.way-in")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert first_start.first_link_secret() == secret
    come_in(secret, "emil")
    assert first_start.first_link_secret() is None
    assert not kept.exists()


def test_a_demonstration_that_broke_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_say: first_start.Progress) -> str:
        amal = Account.objects.create_user("amal", PASSPHRASE)
        organisation_setup.found_organisation(
            by=amal, passphrase=PASSPHRASE, name="R", slug="r", sentence="We."
        )
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "build", build)
    assert first_start.is_first_start()
    with pytest.raises(KeyboardInterrupt):
        first_start.build_demo(lambda _: None)
    assert first_start.is_first_start()
    assert not Organisation.objects.exists()
    assert not PublicOrganisation.objects.exists()
