"""Many rows in one transaction, of which one bad one fails alone."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import OperationalError, transaction

Sent = TypeVar("Sent")
Outcome = TypeVar("Outcome")
Write = Callable[[Sequence[Sent]], Sequence[Outcome]]


def write_batch(
    sent: Sequence[Sent],
    write: Write[Sent, Outcome],
    *,
    using: str,
    ask_again: tuple[type[Exception], ...] = (),
) -> list[Outcome | Exception]:
    """Write all in one transaction and return what became of each, in their order.

    Where one of them breaks the whole, each is tried by itself, and only the broken one gets its exception; one that
    was sent alone is tried again only where the exception is of `ask_again`.

    Parameters
    ----------
    write : writes some of them in a transaction of its own and returns their outcomes.
    using : the database.

    Raises
    ------
    OperationalError
        The database cannot write now; nothing of all this was kept.
    """
    try:
        return [*write(sent)]
    except OperationalError:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever one does, its neighbours are kept; it is raised in its own request
        if len(sent) == 1 and not isinstance(problem, ask_again):
            return [problem]
    with transaction.atomic(using=using):
        return [_write_alone(one, write) for one in sent]


def _write_alone(one: Sent, write: Write[Sent, Outcome]) -> Outcome | Exception:
    try:
        return write([one])[0]
    except OperationalError:
        raise
    except Exception as problem:  # noqa: BLE001 - as above; its savepoint is rolled back
        return problem
