"""What organisers do with their own ways in. Each deed is written down where the account is a member."""

from django.db import transaction
from django.http import HttpRequest
from django.utils.timezone import localdate

from massline.desk.guard.access import organisations_of
from massline.desk.guard.accounts import passkeys, totp
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import seals
from massline.desk.guard.keys.models import AccountKey, Unlock
from massline.desk.people import scope
from massline.desk.people.models import Account, Organisation
from massline.desk.people.second_factors import CodeApp, Passkey, RecoveryCode
from massline.desk.people.sessions import DeskSession
from massline.desk.people.states import SecondFactorRule


def note(account: Account, verb: str) -> None:
    """Write a line in the chain of every organisation the account is in, or in the installation's own."""
    homes: list[Organisation | None] = [*organisations_of(account)]
    for organisation in homes or [None]:
        with scope.only(organisation, "what was done to an account"):
            chain.write(organisation, account, verb, account)


def add_app(*, account: Account, secret: bytes, code: str) -> bool:
    """Take the app on, once it showed a right code; that code does not count again."""
    step = totp.step_of(secret, totp.typed(code))
    if step is None:
        return False
    with transaction.atomic(using="desk"):
        CodeApp.objects.update_or_create(
            account=account,
            defaults={"sealed": totp.close_secret(secret), "last_step": step, "made_on": localdate()},
        )
        note(account, "added an app as second factor")
    return True


def add_passkey(request: HttpRequest, account: Account, *, credential: str, name: str) -> Passkey:
    """Take on the passkey the browser made for this request's challenge. Raises passkeys.Refused."""
    with transaction.atomic(using="desk"):
        passkey = passkeys.add(request, account, answer=credential, name=name)
        note(account, "added a passkey")
    return passkey


def is_last(account: Account, which: str) -> bool:
    """Would no second factor be left without this one?"""
    others = account.passkeys.exclude(pk=which.removeprefix("passkey-") if which[8:].isdecimal() else 0)
    return not others.exists() and (which == "app" or not hasattr(account, "code_app"))


def remove_factor(*, account: Account, which: str) -> str | None:
    """Take away `app` or `passkey-N`; give its name, or None where there is no such thing."""
    with transaction.atomic(using="desk"):
        if which == "app":
            gone = CodeApp.objects.filter(account=account).delete()[0]
            name = "the app" if gone else None
        else:
            number = which.removeprefix("passkey-")
            passkey = account.passkeys.filter(pk=number).first() if number.isdecimal() else None
            name = passkey.name if passkey else None
            if passkey is not None:
                passkey.delete()
        if name is not None:
            note(account, "removed a second factor")
    return name


def make_paper(*, account: Account) -> list[str]:
    """Draw ten new codes and forget the old ones. They are given once and kept as hashes."""
    drawn = totp.new_paper()
    with transaction.atomic(using="desk"):
        account.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, digest=totp.digest_of(totp.typed(code))) for code in drawn
        )
        note(account, "made codes on paper")
    return drawn


def change_passphrase(*, account: Account, old: str, new: str) -> bool:
    """Change the passphrase and close the account's own key under the new one; False where the old one is wrong.

    Every session and every open vault of the account ends.
    """
    if not account.check_password(old):
        return False
    with transaction.atomic(using="desk"):
        own = AccountKey.objects.filter(account=account).first()
        if own is not None:
            private = seals.open_with_passphrase(bytes(own.salt), bytes(own.sealed), old)
            if private is None:
                raise ValueError("The account's own key does not open with its passphrase.")
            own.salt, own.sealed = seals.seal_for_passphrase(private, new)
            own.save(update_fields=["salt", "sealed"])
        account.set_password(new)
        account.save(update_fields=["password"])
        end_sessions(account=account, verb="changed the passphrase")
    return True


def end_sessions(*, account: Account, verb: str = "logged out everywhere", row: str = "") -> int:
    """End every session and open vault of the account, or the one session of a row, at the next request."""
    with transaction.atomic(using="desk"):
        rows = DeskSession.objects.filter(account=account)
        ended, _ = (rows.filter(pk=row) if row else rows).delete()
        if not row:
            with scope.everything("closing every vault of one account"):
                Unlock.objects.filter(account=account).delete()
        note(account, verb if not row else "ended a session")
    return ended


def ask_factor(*, organisation: Organisation, asked: SecondFactorRule, by: Account) -> None:
    """Ask a second factor of these members, besides whom the installation asks."""
    with transaction.atomic(using="desk"):
        Organisation.objects.filter(pk=organisation.pk).update(second_factor=asked)
        chain.write(organisation, by, f"asks a second factor {asked.name.lower()}", organisation)
