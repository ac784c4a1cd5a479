"""What the audit chain hears of those who were made to wait: that it happened, and neither address nor typed name.

One line in ten minutes is enough: whoever knocks without end must not fill the chain.
"""

from massline.desk.guard.accounts.actions import note
from massline.desk.guard.audit import chain
from massline.desk.people import scope
from massline.desk.people.models import Account
from massline.web.rate_limits import Limiter

DOOR = "the door"
LINES = Limiter("lines about waiting", per=1, seconds=600)


def at_the_door() -> None:
    """Somebody tried too many names or passphrases. Which name is not told, also not whether it exists."""
    if LINES.take(DOOR) is None:
        with scope.only(None, "what happened at the door"):
            chain.write(None, None, "made somebody wait who tried too often", DOOR)


def of_codes(account: Account) -> None:
    """Somebody who knows the passphrase tried too many codes: the organisation should hear of it."""
    if LINES.take(str(account.pk)) is None:
        note(account, "was made to wait: too many wrong codes")
