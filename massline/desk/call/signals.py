"""Signals of a call, sent inside the transaction of the action. Each carries `call` and `by`; a change `before` too, the facts until then."""

from django.dispatch import Signal

call_published = Signal()
call_changed = Signal()
call_cancelled = Signal()
