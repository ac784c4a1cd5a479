"""Mutants that change nothing anybody could notice, each with its reason; they are not counted.

A key names file, function, change and line. A test fails if a key is no mutant any more.
"""

EQUAL = {
    "rate_limits.py Limiter._take: Lt turned: allowed = wait < _HARDLY": (
        "_HARDLY is a tolerance of a microsecond; no wait is exactly so long"
    ),
    "rate_limits.py Limiter._renew: Lt turned: self._keys[0] if KEY_LIVES_SECONDS < age <= 2 * KEY_LIVES_SECONDS else secrets.token_bytes(32)": (
        "the line above has returned for an age of exactly so many seconds"
    ),
    "unlock.py unlock_vault: and/or turned: if key is None or private is None:": "open_organisation_key gives both or neither",
    "courier_keys.py open_addresses: 500 changed: for copy in copies.iterator(chunk_size=500):": (
        "how many rows are fetched at a time"
    ),
    "courier_keys.py list_orphan_key_files: Lt turned: return [file for file in key_folder().iterdir() if file.name not in known and file.stat().st_mtime < old]": (
        "no file is exactly an hour old, to the part of a microsecond"
    ),
    "organisation_deletion.py delete_organisation: left out: OrganisationKey.objects.filter(organisation=organisation).delete()": (
        "the keys are rows like the others and go with them in the same transaction; said first to be read first"
    ),
    "invitations.py accept_invitation: and/or turned: if invitation.key is not None and invitation.sealed is not None:": (
        "a link carries both or neither"
    ),
    "key_rotation.py _reencrypt_all: 500 changed: model._base_manager.bulk_update(changed, fields, batch_size=500)": (
        "how many rows are written at a time"
    ),
    "contact_storage_conditions.py missing_safeguards: 0 changed: holders = HolderSeal.objects.filter(key=newest).count() if newest else 0": (
        "nobody and one alone are both fewer than two"
    ),
    "export_permit.py _against_export: gives None: return []": "nothing to say against it, either way",
}
