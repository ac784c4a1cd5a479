"""Security: an index that says how things stand, and pages where one acts and comes back to."""

from datetime import timedelta

import pytest

from massline.desk.guard.accounts import pending_invitations
from massline.desk.guard.keys.models import Unlock
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.jobs.heartbeats import send_heartbeat
from massline.jobs.models import LAST_ATTEMPT, Job, enqueue
from tests.conftest import at_desk, unlocked
from tests.parts import part, shows

pytestmark = pytest.mark.usefixtures("data")
GUARD = "/riverside/guard/"
PAGES = ("members/", "contacts/", "paper/", "keeping/", "record/")


def test_five_rows_say_how_things_stand_and_lead_to_their_page(
    riverside: Organisation, amal: Account
) -> None:
    page = at_desk(amal).get(GUARD).content.decode()
    rows = page.split('class="rooms-of')[1].split("</ul>")[0]
    assert rows.count("<li>") == len(PAGES)
    for address in PAGES:
        assert f'href="{GUARD}{address}"' in rows
    assert shows(page, "no-second-factor")
    assert shows(page, "vault-closed")
    assert shows(page, "key-on-paper")


def test_every_page_of_the_room_has_at_most_one_red_act(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    for door in (unlocked(amal, riverside), at_desk(amal), at_desk(bea)):
        for address in ("", "members/", "contacts/", "record/"):
            assert door.get(f"{GUARD}{address}").content.decode().count("btn main") <= 1, address


def test_one_press_locks_for_everybody_and_only_a_key_holder_is_offered_it(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    assert not shows(at_desk(bea).get(GUARD), "lock-for-everybody")
    door = unlocked(amal, riverside)
    assert shows(door.get(GUARD), "lock-for-everybody")
    assert door.post(f"{GUARD}lock/", {"everybody": "1"}).headers["Location"] == GUARD
    assert not Unlock.objects.exists()


def test_after_an_act_one_is_back_where_one_acted(
    riverside: Organisation, amal: Account, bea: Account
) -> None:
    door = unlocked(amal, riverside)
    back = door.post(f"{GUARD}lock/", {"next": f"{GUARD}contacts/"})
    assert back.headers["Location"] == f"{GUARD}contacts/"
    assert door.post(f"{GUARD}threshold/", {"small_cell": 9}).headers["Location"] == f"{GUARD}contacts/"
    at_desk(bea).post(f"{GUARD}invite/", {"role": 1})
    waiting = pending_invitations.pending_invitations(riverside).get()
    answer = door.post(f"{GUARD}invitations/{waiting.pk}/back/")
    assert answer.headers["Location"] == f"{GUARD}members/"


def test_an_invitation_is_a_link_and_a_code_and_says_what_the_role_can_do(
    riverside: Organisation, bea: Account
) -> None:
    members = at_desk(bea).get(f"{GUARD}members/").content.decode()
    assert 'value="1"' in members
    assert f'value="{Role.HOLDER.value}"' not in members.split('id="invite"')[1].split("</form>")[0]
    page = at_desk(bea).post(f"{GUARD}invite/", {"role": 2}).content.decode()
    assert "/come-in/" in page
    assert "<svg" in page.split('data-part="invitation-code"')[1]
    assert str(Role.ORGANISER.label) in page


def test_the_chosen_role_outlasts_the_passphrase(riverside: Organisation, amal: Account) -> None:
    door = at_desk(amal)
    asked = door.post(f"{GUARD}invite/", {"role": 3}).headers["Location"]
    assert asked.startswith(f"{GUARD}unlock/")
    page = door.get(f"{GUARD}members/?role=3").content.decode()
    chosen = page.split('value="3"')[1].split(">")[0]
    assert "checked" in chosen
    assert "role%3D3" in asked


def test_a_member_sees_nothing_of_the_room(riverside: Organisation, chen: Account) -> None:
    assert Membership.objects.get(account=chen).role == Role.MEMBER
    for address in ("", *PAGES):
        assert at_desk(chen).get(f"{GUARD}{address}").status_code == 404


def test_the_record_shows_who_did_what(riverside: Organisation, amal: Account) -> None:
    page = unlocked(amal, riverside).get(f"{GUARD}record/").content.decode()
    assert "amal" in page
    assert part(page, "log-whole")


def test_an_organiser_reads_whether_letters_go_out_and_no_number_of_anybodys(
    riverside: Organisation, bea: Account
) -> None:
    page = f"{GUARD}record/"
    assert shows(at_desk(bea).get(page), "worker-missing")
    assert shows(at_desk(bea).get(page), "no-letter-waits")
    send_heartbeat(["desk"])
    for _ in range(3):
        enqueue("act.begin_mailings", using="desk", delay=-timedelta(minutes=7))
    asked = at_desk(bea).get(page)
    assert shows(asked, "worker-works")
    assert shows(asked, "letters-wait", 7)
    assert not shows(asked, "letters-wait", 3)
    assert not shows(asked, "jobs-given-up")
    Job.objects.using("desk").update(attempts=LAST_ATTEMPT)
    assert shows(at_desk(bea).get(page), "jobs-given-up")
