"""Signal for the audit trail. Carries `organisation`, `by`, `verb` and `subject`.

The people package may not import the guard, which keeps the audit trail; so it sends, and the guard receives.
"""

from django.dispatch import Signal

row_changed = Signal()

# Carries `membership` and `by`, inside the transaction that ends the membership.
membership_ended = Signal()

# Carries `contact` as it was, `vault` and the new `point`, inside the transaction that replaces a contact point.
contact_point_changed = Signal()
