"""Signal for the audit trail. Carries `organisation`, `by`, `verb` and `subject`.

The people package may not import the guard, which keeps the audit trail; so it sends, and the guard receives.
"""

from typing import TYPE_CHECKING

from django.db.models import Model
from django.dispatch import Signal

if TYPE_CHECKING:
    from massline.desk.people.models import Account, Organisation

row_changed = Signal()

# Carries `membership` and `by`, inside the transaction that ends the membership.
membership_ended = Signal()

# Carries `account`, inside the transaction that ends all of its sessions.
sessions_ended = Signal()

# Carries `contact` as it was, `vault` and the new `point`, inside the transaction that replaces a contact point.
contact_point_changed = Signal()


def send_row_changed(organisation: "Organisation", by: "Account | None", verb: str, subject: Model) -> None:
    """Tell the audit trail what was done with a row, in the words of its line."""
    row_changed.send(type(subject), organisation=organisation, by=by, verb=verb, subject=subject)
