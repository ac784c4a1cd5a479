"""Notices about holds, proposals and backups for the page Today."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.guard.backup import status
from massline.desk.guard.retention import legal_hold
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.people.models import Account, Organisation
from massline.desk.people.states import Role
from massline.web.templatetags.massline import on_day


@dataclass(frozen=True)
class Notice:
    """One notice: its name in code, what it is, why it matters, the button's text, and the URL name it leads to."""

    name: str
    what: str
    why: str
    act: str
    page: str = "guard:keeping"


def notices(organisation: Organisation, account: Account) -> Iterator[Notice]:
    hold = legal_hold.active_hold(organisation)
    if hold is not None:
        yield Notice(
            "legal-hold",
            _("A legal hold stands since %(day)s.") % {"day": on_day(hold.day)},
            _("Nothing of this organisation is swept away until two key-holders end it: %(reason)s")
            % {"reason": hold.reason},
            _("Look at it"),
        )
    holder = organisation.memberships.filter(account=account, role=Role.HOLDER, ended_on=None).exists()
    for proposal in DualControlProposal.objects.filter(organisation=organisation).waiting() if holder else ():
        if proposal.is_open and proposal.made_by_id != account.pk:
            yield Notice(
                "second-needed",
                _("%(name)s asks for a second key-holder: %(what)s.")
                % {"name": proposal.made_by, "what": proposal.get_what_display()},
                proposal.reason,
                _("Read and decide"),
            )
    state = status.backup_status()
    if state.made_is_old or state.tried_is_old:
        yield Notice(
            "backup-missing" if state.made_is_old else "backup-untried",
            _("No backup was made for two days.")
            if state.made_is_old
            else _("No backup was tried for two weeks."),
            _("One that nobody has brought back is only a hope. Tell whoever runs the machine."),
            _("See what stands"),
            "guard:guard",
        )
