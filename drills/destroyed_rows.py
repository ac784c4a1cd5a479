"""Sign-ups are cancelled and a key-holder goes; what they left is looked for in every byte of the folder."""

import hashlib
from pathlib import Path

from drills.result import Result

SIGN_UPS = 40


def destroy() -> list[Result]:
    """Cancel sign-ups, remove a key-holder, and look for what was destroyed in every byte of the folder."""
    from datetime import timedelta
    from uuid import uuid4

    from django.conf import settings
    from django.utils import timezone

    from massline.desk.guard.keys import courier_keys, key_holders, key_rotation
    from massline.desk.guard.keys.models import HolderSeal
    from massline.desk.guard.keys.vault import Vault
    from massline.desk.people.models import Account, Membership, Organisation
    from massline.square.envelopes import actions
    from massline.square.envelopes.models import CourierCopy
    from massline.square.organisations.models import PublicOrganisation

    riverside, face = Organisation.objects.get(), PublicOrganisation.objects.get()
    courier_keys.make_spare_keys()
    about, day = uuid4(), timezone.localdate() + timedelta(days=9)
    gone: dict[str, list[bytes]] = {
        "cancelled sign-ups": [],
        "courier copies": [],
        "a removed holder's seal": [],
    }
    for n in range(SIGN_UPS):
        envelope, _secret = actions.leave_envelope(
            organisation=face,
            about=about,
            contents={"name": f"N {n}", "contact": f"n{n}@example.org"},
            form_id=hashlib.sha256(str(n).encode()).hexdigest(),
            happens_on=day,
        )
        gone["cancelled sign-ups"].append(bytes(envelope.sealed or b""))
        gone["courier copies"] += [
            bytes(copy.sealed) for copy in CourierCopy.objects.filter(envelope=envelope)
        ]
        actions.cancel_envelope(envelope)
    from drills.house_fixture import PASSPHRASE

    amal, bea = Account.objects.order_by("pk")[:2]
    key, private = key_holders.open_organisation_key(amal, riverside, PASSPHRASE)
    assert key is not None
    assert private is not None
    vault = Vault(riverside.uuid, key.epoch, private)
    key_holders.ensure_account_key(bea, PASSPHRASE)
    member = Membership.objects.get(account=bea)
    key_holders.make_key_holder(member, vault=vault, by=amal)
    gone["a removed holder's seal"].append(bytes(HolderSeal.objects.get(account=bea).sealed))
    key_rotation.remove_member(member, by=amal, vault=vault)
    files = [file.read_bytes() for file in Path(settings.DATA).rglob("*") if file.is_file()]
    return [
        Result(
            f"{what} in any file, by their bytes, when the page has answered",
            "0",
            f"{found} of {len(blobs)}",
            found == 0 and bool(blobs),
        )
        for what, blobs in gone.items()
        for found in [sum(any(blob[:48] in file for file in files) for blob in blobs)]
    ]
