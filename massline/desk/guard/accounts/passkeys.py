"""Passkeys (WebAuthn), with Yubico's fido2 for the cryptography: asking the browser, and checking its answer.

The challenge lies in the session and is used once. A passkey here always asks its holder for a PIN, a finger or a
face, so it stands for both factors.
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
from massline.desk.people.second_factors import Passkey

STATE = "passkey"
REQUIRED = UserVerificationRequirement.REQUIRED


class Refused(Exception):
    """The browser's answer does not hold; nothing was changed."""


def host_of(request: HttpRequest) -> str:
    """The name passkeys are bound to: ours, as this browser knows it, without the port."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


def possible(request: HttpRequest) -> bool:
    """Passkeys are bound to a name: a bare network address has none."""
    try:
        ip_address(host_of(request))
    except ValueError:
        return True
    return False


def _server(request: HttpRequest) -> Fido2Server:
    ours = f"{request.scheme}://{request.get_host()}"
    entity = PublicKeyCredentialRpEntity(name="Massline", id=host_of(request))
    return Fido2Server(entity, verify_origin=lambda origin: origin == ours)


def ask_new(request: HttpRequest, account: Account) -> dict[str, Any]:
    """Begin adding a passkey: what the browser's `navigator.credentials.create` is given."""
    known = list(account.passkeys.all())
    handle = bytes(known[0].handle) if known else secrets.token_bytes(32)
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(name=account.name, id=handle, display_name=account.name),
        credentials=[AttestedCredentialData(bytes(one.credential)) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=REQUIRED,
    )
    request.session[STATE] = {**state, "for": "new", "handle": handle.hex()}
    return dict(options)


def add(request: HttpRequest, account: Account, *, answer: str, name: str) -> Passkey:
    """Keep the passkey the browser made. Raises Refused."""
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
        raise Refused from problem


def ask_known(request: HttpRequest, account: Account | None) -> dict[str, Any]:
    """Begin logging in: by any passkey of ours, or by one of this account's."""
    known = (
        [AttestedCredentialData(bytes(one.credential)) for one in account.passkeys.all()] if account else []
    )
    options, state = _server(request).authenticate_begin(known or None, user_verification=REQUIRED)
    request.session[STATE] = {**state, "for": "known"}
    return dict(options)


def check(request: HttpRequest, answer: str) -> Passkey:
    """Give the passkey that signed this challenge. Raises Refused, also where its counter says it was copied."""
    state = _take(request, "known")
    try:
        given = AuthenticationResponse.from_dict(_read(answer))
        passkey = Passkey.objects.select_related("account").get(credential_id=given.raw_id)
        known = AttestedCredentialData(bytes(passkey.credential))
        _server(request).authenticate_complete(state, [known], given)
    except (ValueError, TypeError, KeyError, Passkey.DoesNotExist) as problem:
        raise Refused from problem
    handle = given.response.user_handle
    counter = given.response.authenticator_data.counter
    copied = (counter or passkey.counter) and counter <= passkey.counter
    if copied or not passkey.account.is_active or (handle and handle != bytes(passkey.handle)):
        raise Refused
    Passkey.objects.filter(pk=passkey.pk).update(counter=counter, used_on=localdate())
    return passkey


def _take(request: HttpRequest, purpose: str) -> dict[str, Any]:
    state = request.session.pop(STATE, None)
    if not isinstance(state, dict) or state.get("for") != purpose:
        raise Refused
    return state


def _read(answer: str) -> Mapping[str, Any]:
    given = json.loads(answer)
    if not isinstance(given, dict):
        raise ValueError("A passkey's answer is an object.")
    return given
