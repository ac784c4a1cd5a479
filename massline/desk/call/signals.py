"""What the call room tells the later rooms, inside its own transaction. Each carries `call` and `by`."""

from django.dispatch import Signal

call_published = Signal()
call_changed = Signal()
call_cancelled = Signal()
