"""The five rows of the security page: each page of the room with how things stand there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.guard.accounts import pending_invitations, second_factor_policy
from massline.desk.guard.audit import chain, published_heads
from massline.desk.guard.backup import status
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.guard.keys.models import RecoverySeal
from massline.desk.guard.retention import legal_hold, upcoming_deletions
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.guard.second_person.independence import HolderIndependence
from massline.desk.people.models import Membership, Organisation
from massline.web.refusal_messages import name_of_reason
from massline.web.templatetags.massline import on_day, when


@dataclass(frozen=True)
class Standing:
    """How things stand on one page; `name` is its part, `is_bad` if somebody has to do something."""

    name: str
    text: str
    is_bad: bool = False


@dataclass(frozen=True)
class SecurityRow:
    """A page of the room with its state."""

    title: str
    hint: str
    url: str
    standing: Standing


def security_rows(
    organisation: Organisation, *, unlocked: bool, independence: HolderIndependence
) -> list[SecurityRow]:
    """List the five pages of the room; of several things that are wrong on a page, its row says the gravest."""
    slug = [organisation.slug]
    return [
        SecurityRow(
            _("Who can log in"),
            _("Members, invitations and the second step at login."),
            reverse("guard:members", args=slug),
            next(_members(organisation, independence)),
        ),
        SecurityRow(
            _("Names and numbers"),
            _("Unlock them, hide small numbers, give other programs access."),
            reverse("guard:contacts", args=slug),
            Standing("vault-open", _("Contacts are unlocked."))
            if unlocked
            else Standing("vault-closed", _("Contacts are locked.")),
        ),
        SecurityRow(
            _("Paper backup of the key"),
            _("The sheets that bring the key back if everyone forgets."),
            reverse("guard:paper", args=slug),
            next(_paper(organisation)),
        ),
        SecurityRow(
            _("What we keep"),
            _("How long everything stays, what will be deleted, exporting."),
            reverse("guard:keeping", args=slug),
            next(_keeping(organisation)),
        ),
        SecurityRow(
            _("The record"),
            _("What was done and by whom, and the backups."),
            reverse("guard:record", args=slug),
            next(_record(organisation)),
        ),
    ]


def _members(organisation: Organisation, independence: HolderIndependence) -> Iterator[Standing]:
    for reason in contact_storage_conditions.missing_safeguards(organisation):
        if reason.missing == "second holder":
            yield Standing("lone-holder", reason.say, is_bad=True)
    waiting = [
        invitation
        for invitation in pending_invitations.pending_invitations(organisation)
        if pending_invitations.needs_second_organiser(invitation)
    ]
    if waiting:
        yield Standing("second-organiser-needed", _("A second organiser must agree."), is_bad=True)
    if bare := len(second_factor_policy.accounts_without_factor(organisation)):
        yield Standing(
            "no-second-factor",
            ngettext(
                "%(n)d person has no second step at login.",
                "%(n)d people have no second step at login.",
                bare,
            )
            % {"n": bare},
            is_bad=True,
        )
    if independence.slow_from:
        yield Standing("one-circle", _("Not all key-holders count as separate people yet."))
    members = Membership.objects.live().filter(organisation=organisation).count()
    yield Standing("members-counted", ngettext("%(n)d person.", "%(n)d people.", members) % {"n": members})


def _paper(organisation: Organisation) -> Iterator[Standing]:
    for reason in contact_storage_conditions.missing_safeguards(organisation):
        if reason.missing != "second holder":
            yield Standing(name_of_reason(reason), reason.say, is_bad=True)
    seal = RecoverySeal.objects.filter(key=organisation.keys.first()).first()
    day = on_day(seal.proven_on) if seal and seal.proven_on else ""
    yield Standing("key-on-paper", _("The sheets were tested on %(day)s.") % {"day": day})


def _keeping(organisation: Organisation) -> Iterator[Standing]:
    if hold := legal_hold.active_hold(organisation):
        yield Standing(
            "legal-hold", _("Legal hold since %(day)s: nothing is deleted.") % {"day": on_day(hold.day)}
        )
    if waiting := DualControlProposal.objects.filter(organisation=organisation).waiting().count():
        yield Standing(
            "second-needed",
            ngettext(
                "%(n)d request is waiting for a second key-holder.",
                "%(n)d requests are waiting for a second key-holder.",
                waiting,
            )
            % {"n": waiting},
            is_bad=True,
        )
    for deletion in upcoming_deletions.upcoming_deletions(organisation):
        yield Standing(
            "deleted-next",
            _("Next to be deleted, on %(day)s: %(rows)d of “%(what)s”.")
            % {"day": on_day(deletion.first), "rows": deletion.rows, "what": deletion.what},
        )
    yield Standing("nothing-goes", _("Nothing will be deleted in the next two weeks."))


def _record(organisation: Organisation) -> Iterator[Standing]:
    for trouble in published_heads.chain_problems(organisation):
        yield Standing(
            "log-broken",
            _("The log of %(chain)s %(what)s.") % {"chain": trouble.chain, "what": trouble.say},
            is_bad=True,
        )
    backups = status.backup_status()
    if backups.made_is_old:
        yield Standing("no-backup", _("No backup was made in the last two days."), is_bad=True)
    if backups.tried_is_old:
        yield Standing("backup-untested", _("No backup has been tested for two weeks."), is_bad=True)
    if backups.made:
        yield Standing("backup-made", _("The last backup was made on %(day)s.") % {"day": when(backups.made)})
    lines, _digest = chain.chain_end(organisation)
    yield Standing(
        "log-whole",
        ngettext("%(n)d entry, none missing.", "%(n)d entries, none missing.", lines) % {"n": lines},
    )
