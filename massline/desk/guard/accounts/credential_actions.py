"""Changes to an account's passphrase, second factors and sessions, each recorded in the audit chain."""

from django.db import transaction
from django.http import HttpRequest
from django.utils.timezone import localdate

from massline.core.db.erasure import erase_after_commit
from massline.desk.guard.access import organisations_of
from massline.desk.guard.accounts import passkeys, totp
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import private_key_encryption
from massline.desk.guard.keys.models import AccountKey, Unlock
from massline.desk.guard.keys.passphrase_limit import verify_passphrase
from massline.desk.people import scope
from massline.desk.people.choices import SecondFactorRule
from massline.desk.people.models import Account, Organisation
from massline.desk.people.second_factor_models import CodeApp, Passkey, RecoveryCode
from massline.desk.people.sessions import DeskSession
from massline.desk.people.signals import sessions_ended


def write_account_line(account: Account, verb: str) -> None:
    """Write a line to the audit chain of each of the account's organisations, or to the installation's if it has none."""
    homes: list[Organisation | None] = [*organisations_of(account)]
    for organisation in homes or [None]:
        with scope.scope_to(organisation, "what was done to an account"):
            chain.append_line(organisation, account, verb, account)


def add_authenticator_app(*, account: Account, secret: bytes, code: str) -> bool:
    """Save an authenticator app; False if the code is wrong. The code cannot be used again."""
    step = totp.matching_step(secret, totp.normalise_code(code))
    if step is None:
        return False
    with transaction.atomic(using="desk"):
        CodeApp.objects.update_or_create(
            account=account,
            defaults={"sealed": totp.seal_secret(secret), "last_step": step, "made_on": localdate()},
        )
        write_account_line(account, "added an app as second factor")
    return True


def add_passkey(request: HttpRequest, account: Account, *, credential: str, name: str) -> Passkey:
    """Save the passkey that the browser made for this request's challenge. Raises passkeys.PasskeyRefused."""
    with transaction.atomic(using="desk"):
        passkey = passkeys.finish_registration(request, account, answer=credential, name=name)
        write_account_line(account, "added a passkey")
    return passkey


def is_last_factor(account: Account, which: str) -> bool:
    """True if no second factor would be left without this one."""
    others = account.passkeys.exclude(pk=which.removeprefix("passkey-") if which[8:].isdecimal() else 0)
    return not others.exists() and (which == "app" or not hasattr(account, "code_app"))


def remove_factor(*, account: Account, which: str) -> str | None:
    """Remove `app` or `passkey-N`; return its name, or None if the account has no such factor."""
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
            write_account_line(account, "removed a second factor")
    return name


def make_recovery_codes(*, account: Account) -> list[str]:
    """Replace the recovery codes by ten new ones, of which only hashes are stored."""
    drawn = totp.new_recovery_codes()
    with transaction.atomic(using="desk"):
        account.recovery_codes.all().delete()
        erase_after_commit("desk")
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, digest=totp.digest_recovery_code(totp.normalise_code(code)))
            for code in drawn
        )
        write_account_line(account, "made codes on paper")
    return drawn


def change_passphrase(*, account: Account, old: str, new: str) -> bool:
    """Change the passphrase and re-encrypt the account's key with it; False if the old passphrase is wrong.

    All sessions and unlocked vaults of the account end.
    """
    if not verify_passphrase(account, old):
        return False
    with transaction.atomic(using="desk"):
        own = AccountKey.objects.filter(account=account).first()
        if own is not None:
            private = private_key_encryption.open_with_passphrase(bytes(own.salt), bytes(own.sealed), old)
            if private is None:
                raise ValueError("The account's own key does not open with its passphrase.")
            own.salt, own.sealed = private_key_encryption.seal_for_passphrase(private, new)
            own.save(update_fields=["salt", "sealed"])
            erase_after_commit("desk")
        account.set_password(new)
        account.save(update_fields=["password"])
        end_sessions(account=account, verb="changed the passphrase")
    return True


def end_sessions(*, account: Account, verb: str = "logged out everywhere", row: str = "") -> int:
    """End all sessions and unlocked vaults of the account, or only the session of one row; return their number."""
    with transaction.atomic(using="desk"):
        rows = DeskSession.objects.filter(account=account)
        ended, _ = (rows.filter(pk=row) if row else rows).delete()
        erase_after_commit("desk")
        if not row:
            with scope.scope_to_everything("closing every vault of one account"):
                Unlock.objects.filter(account=account).delete()
                sessions_ended.send(sender=Account, account=account)
        write_account_line(account, verb if not row else "ended a session")
    return ended


def require_second_factor(*, organisation: Organisation, asked: SecondFactorRule, by: Account) -> None:
    """Require a second factor of these members, in addition to those of whom the installation requires it."""
    with transaction.atomic(using="desk"):
        Organisation.objects.filter(pk=organisation.pk).update(second_factor=asked)
        chain.append_line(organisation, by, f"asks a second factor {asked.name.lower()}", organisation)
