"""Audit lines about login attempts that were rate limited, without address or typed name.

At most one line in ten minutes, so that an attacker cannot fill the chain.
"""

from massline.desk.guard.accounts.credential_actions import write_account_line
from massline.desk.guard.audit import chain
from massline.desk.people import scope
from massline.desk.people.models import Account
from massline.web.rate_limits import Limiter

DOOR = "the door"
LINES = Limiter("lines about waiting", per=1, seconds=600)


def note_login_limit() -> None:
    """Record too many attempts with names or passphrases, without the name or whether it exists."""
    if LINES.take(DOOR) is None:
        with scope.scope_to(None, "what happened at the door"):
            chain.append_line(None, None, "made somebody wait who tried too often", DOOR)


def note_code_limit(account: Account) -> None:
    """Record too many wrong codes after a correct passphrase, in the account's organisations."""
    if LINES.take(str(account.pk)) is None:
        write_account_line(account, "was made to wait: too many wrong codes")
