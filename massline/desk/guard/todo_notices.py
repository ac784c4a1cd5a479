"""Notices about holds, proposals and backups for the page Today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.guard.backup import status
from massline.desk.guard.retention import legal_hold
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.web.templatetags.massline import on_day, when

TOLD_DAYS = 3


@dataclass(frozen=True)
class SecurityNotice:
    """A notice: its name in code, what it is, why it matters, the button's text, and the URL name it leads to."""

    name: str
    what: str
    why: str
    act: str
    page: str = "guard:keeping"


def list_security_notices(organisation: Organisation, account: Account) -> Iterator[SecurityNotice]:
    hold = legal_hold.active_hold(organisation)
    if hold is not None:
        yield SecurityNotice(
            "legal-hold",
            _("Legal hold since %(day)s.") % {"day": on_day(hold.day)},
            _("Nothing of this organisation is deleted until two key-holders end the hold: %(reason)s")
            % {"reason": hold.reason},
            _("See details"),
        )
    yield from _acts_of_two(organisation, account)
    state = status.backup_status()
    if state.made_is_old or state.tried_is_old:
        yield SecurityNotice(
            "backup-missing" if state.made_is_old else "backup-untried",
            _("No backup was made in the last two days.")
            if state.made_is_old
            else _("No backup has been tested for two weeks."),
            _("You only know a backup works once someone has restored it. Tell whoever runs this site."),
            _("See the backups"),
            "guard:record",
        )


def _acts_of_two(organisation: Organisation, account: Account) -> Iterator[SecurityNotice]:
    """Acts that wait, to key-holders and where any organiser may say no to all; acts done and new holders, to holders."""
    role = organisation.memberships.filter(account=account, ended_on=None).values_list("role", flat=True)
    told_since = timezone.now() - timedelta(days=TOLD_DAYS)
    if max(role, default=Role.MEMBER) < Role.ORGANISER:
        return
    proposals = DualControlProposal.objects.filter(organisation=organisation, withdrawn_at=None).filter(
        Q(seconded_at=None) | Q(seconded_at__gte=told_since)
    )
    is_holder = Role.HOLDER in role
    for proposal in proposals.select_related("made_by", "seconded_by", "member__account"):
        if proposal.seconded_at is not None:
            if is_holder:
                yield _done_notice(proposal)
        elif not proposal.is_over and (is_holder or proposal.waits_hours):
            yield from _waiting_notice(proposal, account)
    if is_holder:
        yield from _new_holder_notices(organisation, account)


def _waiting_notice(proposal: DualControlProposal, account: Account) -> Iterator[SecurityNotice]:
    facts = {"name": proposal.made_by, "what": proposal.summary, "moment": when(proposal.opens_at)}
    if not proposal.is_open:
        yield SecurityNotice(
            "act-waits",
            _("%(name)s proposes: %(what)s. It can be done from %(moment)s.") % facts,
            proposal.reason,
            _("Read and say no"),
        )
    elif proposal.made_by_id != account.pk:
        yield SecurityNotice(
            "second-needed",
            _("%(name)s asks a second key-holder to agree: %(what)s.") % facts,
            proposal.reason,
            _("Read and decide"),
        )


def _done_notice(proposal: DualControlProposal) -> SecurityNotice:
    facts = {"name": proposal.made_by, "other": proposal.seconded_by, "what": proposal.summary}
    return SecurityNotice(
        "done-by-two",
        _("%(name)s and %(other)s did this: %(what)s.") % facts
        if proposal.seconded_by
        else _("%(name)s did this, because nobody could confirm it: %(what)s.") % facts,
        proposal.reason,
        _("See details"),
    )


def _new_holder_notices(organisation: Organisation, account: Account) -> Iterator[SecurityNotice]:
    """Key-holders who came in lately; whoever let them in knows already."""
    since = timezone.localdate() - timedelta(days=TOLD_DAYS)
    came = Membership.objects.live().filter(organisation=organisation, role=Role.HOLDER, since__gte=since)
    came = came.exclude(let_in_by=None).exclude(let_in_by=account).exclude(account=account)
    for member in came.select_related("account", "let_in_by"):
        yield SecurityNotice(
            "new-holder",
            _("%(other)s let in a new key-holder: %(name)s.")
            % {"name": member.account, "other": member.let_in_by},
            _("Nobody has to agree to that. If you did not know, ask them today."),
            _("See who may come in"),
            "guard:members",
        )
