"""One key-holder alone, under as many names as they like and with every page of Guard, for three days.

They try to let contacts out, burn the compartment, hold or lift, remove the other key-holder, change the lock and
lower settings. The other key-holder looks once, after 71 hours, and says no.
"""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

from drills.isolated_run import print_results, run_isolated
from drills.quick_requests import quicken_requests
from drills.result import Result

if TYPE_CHECKING:
    from massline.desk.people.models import Account, Organisation

HOURS, FEW_HOURS = (0, 3, 26, 50, 71), (0, 50, 71)
# Invitations: by which of the attacker's names, and to which role.
OTHER_NAMES, FEW_NAMES = ((0, 3), (0, 3), (0, 2), (1, 3)), ((0, 3), (0, 2), (1, 3))
AFTER_THE_NO = 73
BURN_FROM = 50
AIMS = (
    "contacts let out", "compartment burned", "the other key-holder removed", "settings lowered",
    "legal hold set", "lock changed",
)  # fmt: skip
CONTACTS = 20
Names = tuple[tuple[int, int], ...]
ACTS: dict[str, dict[str, Any]] = {
    "export": {"most": CONTACTS}, "hold": {}, "lift": {}, "burn": {}, "lock": {},
    "cells": {"value": 5}, "factor": {"value": 0}, "remove": {},
}  # fmt: skip


def run(short: bool) -> list[Result]:
    """Short comes back less often and under one name fewer; every act, every way to confirm it and the control are in it."""
    return [
        *run_isolated("drills.lone_key_holder", 0, int(short)),
        *run_isolated("drills.lone_key_holder", 1, int(short)),
    ]


@dataclass
class Attack:
    """The organisation, the key-holder who attacks, their other names, and how often they tried."""

    organisation: "Organisation"
    amal: "Account"
    eli: "Account"
    names: list["Account"]
    doors: dict[int, Any] = field(default_factory=dict)
    tries: int = 0
    reached: set[str] = field(default_factory=set)

    @property
    def guard(self) -> str:
        return f"/{self.organisation.slug}/guard/"


def inside(without_circles: int = 0, short: int = 0) -> list[Result]:
    """With `without_circles`, who invited whom does not matter, as in the version before it did."""
    from massline.cli.django_setup import setup_django

    setup_django("desk")
    from unittest.mock import patch

    from django.test.utils import setup_test_environment

    from massline.desk.guard.second_person.invitation_circles import InvitationCircles

    setup_test_environment()
    logging.disable(logging.WARNING)  # most of what is tried is refused
    from massline.desk.people.scope import scope_to_everything

    with scope_to_everything("a drill looks"):
        if without_circles:
            with patch.object(
                InvitationCircles, "are_independent", lambda circles, first, second: first != second
            ):
                return [can_fail(build(), FEW_NAMES if short else OTHER_NAMES)]
        return attacked(build(), *((FEW_NAMES, FEW_HOURS) if short else (OTHER_NAMES, HOURS)))


def build() -> Attack:
    """Found a union with two key-holders who know each other, an organiser, contacts and raised settings."""
    from django.conf import settings

    from massline.cli.first_start import prepare_databases
    from massline.desk.guard.keys.organisation_setup import found_organisation, set_threshold
    from massline.desk.people.choices import ContactSource, SecondFactorRule
    from massline.desk.people.models import Account, Contact, Membership, Organisation
    from tests.conftest import PASSPHRASE, make_keys_safe

    prepare_databases(lambda _: None)
    quicken_requests()
    settings.ARGON2_KIB = 64  # hashing is not what is drilled
    amal = Account.objects.create_user("amal", PASSPHRASE)
    organisation, vault = found_organisation(
        by=amal, passphrase=PASSPHRASE, name="Riverside", slug="riverside"
    )
    make_keys_safe(organisation, vault, amal)
    bea = Account.objects.create_user("bea", PASSPHRASE)
    Membership.objects.create(account=bea, organisation=organisation, role=2)
    set_threshold(organisation=organisation, small_cell=9, by=amal)
    Organisation.objects.filter(pk=organisation.pk).update(second_factor=SecondFactorRule.HOLDERS)
    for number in range(CONTACTS):
        contact = Contact(organisation=organisation, epoch=1, source=ContactSource.SIGNED_UP)
        contact.keep_until = contact.consent_on = contact.met_on + timedelta(days=90)
        contact.sealed_name = vault.close(f"Rosa {number}", row=contact.uuid, column="name")
        contact.sealed_point = vault.close(f"rosa{number}@post.example", row=contact.uuid, column="point")
        contact.save()
    eli = Account.objects.get(name__startswith="second holder")
    return Attack(organisation, amal, eli, [amal])


def attacked(attack: Attack, names: Names, hours: tuple[int, ...]) -> list[Result]:
    """Attack at each hour, then tell what was reached."""
    from django.utils import timezone
    from time_machine import travel

    began = timezone.now()
    take_other_names(attack, names)
    for hour in hours:
        with travel(began + timedelta(hours=hour), tick=False):
            try_everything(attack, burn=hour >= BURN_FROM)
    with travel(began + timedelta(hours=hours[-1]), tick=False):
        say_no(attack)
    with travel(began + timedelta(hours=AFTER_THE_NO), tick=False):
        confirm_all(attack)
    told = f"{attack.tries} forms sent under {len(attack.names)} names in {AFTER_THE_NO} hours"
    return [
        Result(
            f"one key-holder alone: {aim}",
            "no",
            "yes" if aim in attack.reached else "no",
            aim not in attack.reached,
            told,
        )
        for aim in AIMS
    ]


def can_fail(attack: Attack, names: Names) -> Result:
    """Attack where two names are two persons whoever let them in; one hour is enough."""
    take_other_names(attack, names)
    try_everything(attack, burn=False)
    reached = [aim for aim in AIMS if aim in attack.reached]
    return Result.control(
        "a name that the first let in counts as another person",
        "contacts let out",
        ", ".join(reached) or "nothing",
        "contacts let out" in attack.reached,
    )


def take_other_names(attack: Attack, names: Names) -> None:
    """More key-holders and an organiser by links of the attacker, and a key-holder by a link of the first of them."""
    for by, role in names:
        invite(attack, attack.names[by], f"other name {len(attack.names)}", role)


def invite(attack: Attack, by: "Account", name: str, role: int) -> None:
    from massline.desk.people.models import Account
    from tests.conftest import PASSPHRASE, DoorClient, unlocked

    page = unlocked(by, attack.organisation).post(f"{attack.guard}invite/", {"role": role}).content.decode()
    link = f"/come-in/{page.split('/come-in/')[1].split('/')[0]}/"
    DoorClient("desk").post(link, {"name": name, "passphrase": PASSPHRASE, "again": PASSPHRASE})
    attack.names.append(Account.objects.get(name=name))


def try_everything(attack: Attack, *, burn: bool) -> None:
    """Every act proposed by each name and confirmed by every other, and what a page might do without a proposal."""
    from massline.desk.guard.retention.models import DualControlProposal
    from massline.desk.people.models import Membership

    vouch_for_each_other(attack)
    for name in attack.names:
        elis = Membership.objects.filter(account=attack.eli).first()
        if elis is None:
            return  # the compartment has burned
        send(attack, name, f"members/{elis.pk}/remove/")
        send(attack, name, "threshold/", small_cell=5)
        send(attack, name, "second-factor/", asked=0)
        for act, more in ACTS.items():
            about = more | ({"member": elis.pk} if act == "remove" else {})
            if act != "burn" or burn:
                send(attack, name, "keeping/propose/", what=act, reason="For the phone tree", **about)
        confirm_all(attack)
        # What waits blocks another proposal of its kind; a removal and burning are given the time they need.
        for proposal in DualControlProposal.objects.waiting().exclude(what__in=("remove", "burn")):
            send(attack, name, f"keeping/{proposal.pk}/withdraw/")


def vouch_for_each_other(attack: Attack) -> None:
    from massline.desk.people.models import Membership

    for newcomer, by in [] if "compartment burned" in attack.reached else permutations(attack.names, 2):
        page = send(attack, newcomer, "vouch/code/")
        found = page.split('data-part="vouch-code"')
        code = found[1].split(">")[1].split("<")[0] if len(found) > 1 else "000000"
        for member in Membership.objects.filter(account=newcomer):
            send(attack, by, f"vouch/{member.pk}/", code=code)


def confirm_all(attack: Attack) -> None:
    """Confirm whatever waits under every name, and look what came of it."""
    from massline.desk.guard.retention.models import DualControlProposal
    from tests.conftest import PASSPHRASE

    for proposal in list(DualControlProposal.objects.waiting()):
        for name in attack.names:
            send(attack, name, f"keeping/{proposal.pk}/confirm/", passphrase=PASSPHRASE)
            look(attack)
    attack.doors.clear()
    for name in [] if "compartment burned" in attack.reached else attack.names:
        answer = door_of(attack, name).post(
            f"/{attack.organisation.slug}/people/take-out/", {"shape": "massline"}
        )
        if "Content-Disposition" in answer.headers:
            attack.reached.add("contacts let out")


def look(attack: Attack) -> None:
    """Note which aims are reached now."""
    from massline.desk.guard.retention.models import LegalHold
    from massline.desk.people.models import Membership, Organisation

    now = Organisation.objects.filter(pk=attack.organisation.pk).first()
    found = {
        "compartment burned": now is None,
        "the other key-holder removed": not Membership.objects.live().filter(account=attack.eli).exists(),
        "settings lowered": now is not None and (now.small_cell < 9 or now.second_factor < 1),
        "legal hold set": LegalHold.objects.exists(),
        "lock changed": attack.organisation.keys.count() > 1,
    }
    attack.reached |= {aim for aim, is_reached in found.items() if is_reached}


def say_no(attack: Attack) -> None:
    """The other key-holder reads Today at last and says no to all that waits there."""
    from massline.desk.guard.retention.models import DualControlProposal

    for proposal in DualControlProposal.objects.waiting():
        send(attack, attack.eli, f"keeping/{proposal.pk}/withdraw/")


def send(attack: Attack, name: "Account", page: str, **data: Any) -> str:
    """Send a form of Guard with all the patience it takes: no limit of guesses holds the drill up."""
    from massline.web.rate_limits import empty_limiters

    if "compartment burned" in attack.reached:
        return ""
    empty_limiters()
    attack.tries += 1
    return str(door_of(attack, name).post(f"{attack.guard}{page}", data).content.decode())


def door_of(attack: Attack, name: "Account") -> Any:
    """A browser in which this name has logged in a moment ago, and opened the vault where it may."""
    from massline.desk.people.models import Membership
    from tests.conftest import PASSPHRASE, at_desk

    if name.pk not in attack.doors:
        attack.doors[name.pk] = door = at_desk(name)
        if Membership.objects.filter(account=name, role=3).exists():
            door.post(f"{attack.guard}unlock/", {"passphrase": PASSPHRASE})
    return attack.doors[name.pk]


if __name__ == "__main__":
    print_results(inside)
