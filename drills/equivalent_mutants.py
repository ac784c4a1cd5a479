"""Mutants that change nothing anybody could notice, each with its reason: they are not counted.

Named by file, function, what was changed, and the line it stands in. A name that is no mutant any more is told.
"""

EQUAL = {
    "limits.py Limiter._take: Lt turned: allowed = wait < _HARDLY": (
        "_HARDLY is a tolerance of a microsecond; no wait is exactly so long"
    ),
    "limits.py Limiter._renew: Lt turned: self._keys[0] if KEY_LIVES_SECONDS < age <= 2 * KEY_LIVES_SECONDS else secrets.token_bytes(32)": (
        "the line above has returned for an age of exactly so many seconds"
    ),
    "unlocking.py unlock: and/or turned: if key is None or private is None:": "open_key gives both or neither",
    'courier.py addresses: 500 changed: for copy in CourierCopy.objects.filter(key=key).order_by("pk").iterator(chunk_size=500):': (
        "how many rows are fetched at a time"
    ),
    "courier.py orphans: Lt turned: return [one for one in folder().iterdir() if one.name not in known and one.stat().st_mtime < old]": (
        "no file is exactly an hour old, to the part of a microsecond"
    ),
    "burning.py burn: left out: OrganisationKey.objects.filter(organisation=organisation).delete()": (
        "the keys are rows like the others and go with them in the same transaction; said first to be read first"
    ),
    "actions.py accept: and/or turned: if invitation.key is not None and invitation.sealed is not None:": (
        "a link carries both or neither"
    ),
    "rotation.py _encrypt_anew: 500 changed: model._base_manager.bulk_update(changed, fields, batch_size=500)": (
        "how many rows are written at a time"
    ),
    "gate.py missing: 0 changed: holders = HolderSeal.objects.filter(key=newest).count() if newest else 0": (
        "nobody and one alone are both fewer than two"
    ),
    "gate.py _against_export: gives None: return []": "nothing to say against it, either way",
}
