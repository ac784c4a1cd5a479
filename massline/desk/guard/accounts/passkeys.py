"""Passkeys (WebAuthn), with Yubico's fido2 for the cryptography.

The challenge is stored in the session and used once. User verification (PIN, fingerprint or face) is required, so
a passkey counts as both factors.
"""

import json
import secrets
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.timezone import localdate
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from massline.desk.people.models import Account
from massline.desk.people.second_factor_models import Passkey

STATE = "passkey"
REQUIRED = UserVerificationRequirement.REQUIRED


class PasskeyRefused(Exception):
    """The browser's answer is not valid; nothing was changed."""


def passkey_host(request: HttpRequest) -> str:
    """The host name that passkeys are bound to, without the port."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


def is_passkey_possible(request: HttpRequest) -> bool:
    """True if passkeys can be used here: they need a host name, not a bare IP address."""
    try:
        ip_address(passkey_host(request))
    except ValueError:
        return True
    return False


def _server(request: HttpRequest) -> Fido2Server:
    ours = f"{request.scheme}://{request.get_host()}"
    entity = PublicKeyCredentialRpEntity(name="Massline", id=passkey_host(request))
    return Fido2Server(entity, verify_origin=lambda origin: origin == ours)


def begin_registration(request: HttpRequest, account: Account) -> dict[str, Any]:
    """Start adding a passkey; return the options for the browser's `navigator.credentials.create`."""
    known = list(account.passkeys.all())
    handle = bytes(known[0].handle) if known else secrets.token_bytes(32)
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(name=account.name, id=handle, display_name=account.name),
        credentials=[AttestedCredentialData(bytes(passkey.credential)) for passkey in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=REQUIRED,
    )
    request.session[STATE] = {**state, "for": "new", "handle": handle.hex()}
    return dict(options)


def finish_registration(request: HttpRequest, account: Account, *, answer: str, name: str) -> Passkey:
    """Save the passkey that the browser made. Raises PasskeyRefused."""
    state = _take(request, "new")
    try:
        made = _server(request).register_complete(state, _read(answer))
        assert made.credential_data is not None
        with transaction.atomic(using="desk"):
            return Passkey.objects.create(
                account=account,
                name=name,
                handle=bytes.fromhex(state["handle"]),
                credential_id=made.credential_data.credential_id,
                credential=bytes(made.credential_data),
                counter=made.counter,
            )
    except (ValueError, TypeError, KeyError, IntegrityError) as problem:
        raise PasskeyRefused from problem


def begin_login(request: HttpRequest, account: Account | None) -> dict[str, Any]:
    """Start logging in with any passkey, or with one of this account's; return the options for the browser."""
    known = (
        [AttestedCredentialData(bytes(passkey.credential)) for passkey in account.passkeys.all()]
        if account
        else []
    )
    options, state = _server(request).authenticate_begin(known or None, user_verification=REQUIRED)
    request.session[STATE] = {**state, "for": "known"}
    return dict(options)


def finish_login(request: HttpRequest, answer: str) -> Passkey:
    """Return the passkey that signed this challenge. Raises PasskeyRefused, also if its counter shows a copy."""
    state = _take(request, "known")
    try:
        given = AuthenticationResponse.from_dict(_read(answer))
        passkey = Passkey.objects.select_related("account").get(credential_id=given.raw_id)
        known = AttestedCredentialData(bytes(passkey.credential))
        _server(request).authenticate_complete(state, [known], given)
    except (ValueError, TypeError, KeyError, Passkey.DoesNotExist) as problem:
        raise PasskeyRefused from problem
    handle = given.response.user_handle
    counter = given.response.authenticator_data.counter
    copied = (counter or passkey.counter) and counter <= passkey.counter
    if copied or not passkey.account.is_active or (handle and handle != bytes(passkey.handle)):
        raise PasskeyRefused
    Passkey.objects.filter(pk=passkey.pk).update(counter=counter, used_on=localdate())
    return passkey


def _take(request: HttpRequest, purpose: str) -> dict[str, Any]:
    state = request.session.pop(STATE, None)
    if not isinstance(state, dict) or state.get("for") != purpose:
        raise PasskeyRefused
    return state


def _read(answer: str) -> Mapping[str, Any]:
    try:
        given = json.loads(answer)
    except RecursionError as problem:
        raise ValueError("A passkey's answer is not nested so deep.") from problem
    if not isinstance(given, dict):
        raise ValueError("A passkey's answer is an object.")
    return given
