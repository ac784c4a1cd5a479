"""The files of settings, secrets and backup keys, and what the proxy is told."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from massline.cli.install.environment_file import quote_value
from massline.cli.install.layout import BACKUPS, PROXY_FILE, SETTINGS, House, read_settings

DRILL_IDENTITY = SETTINGS / "drill.identity"
OWNER_IDENTITY = SETTINGS / "carry-away.identity"


@dataclass(frozen=True)
class BackupKeys:
    """Who can open backups: the public halves of all, and the private halves that were made just now."""

    recipients: tuple[str, ...]
    fresh: dict[Path, str]


def make_backup_keys(root: Path, given: Sequence[str]) -> BackupKeys:
    """Keep the recipients there are; on the first run make a key for test restores, and one to carry away.

    Whoever names recipients holds their keys already, so only the key for test restores is made then.
    """
    import pyrage

    kept = _setting(root, "desk.env", "MASSLINE_BACKUP_RECIPIENTS")
    if kept:
        return BackupKeys(tuple(dict.fromkeys([*kept.split(","), *given])), {})
    drill = pyrage.x25519.Identity.generate()
    fresh, recipients = {DRILL_IDENTITY: _identity_text(drill)}, [str(drill.to_public()), *given]
    if not given:
        owner = pyrage.x25519.Identity.generate()
        fresh[OWNER_IDENTITY] = _identity_text(owner)
        recipients.append(str(owner.to_public()))
    return BackupKeys(tuple(recipients), fresh)


def _identity_text(identity: object) -> str:
    public = identity.to_public()  # type: ignore[attr-defined]
    return f"# public key: {public}\n{identity}\n"


def _setting(root: Path, file: str, name: str) -> str:
    path = below(root, SETTINGS / file)
    return read_settings(path).get(name, "") if path.is_file() else ""


def below(root: Path, path: Path) -> Path:
    """The path inside another root."""
    return root / path.relative_to("/")


def settings_files(house: House, root: Path, recipients: Sequence[str]) -> dict[Path, str]:
    """Settings of the square, and of the desk and the worker; secrets that were made once stay."""
    both = {
        "MASSLINE_SQUARE_URL": f"https://{house.square}",
        "MASSLINE_DESK_URL": f"https://{house.desk}",
        "MASSLINE_HTTPS": "yes",
    }
    square = both | {
        "MASSLINE_HOSTS": house.square,
        "MASSLINE_SQUARE_DB": house.square_db,
        "MASSLINE_SECRET": _secret(root, "square.env"),
    }
    desk = both | {
        "MASSLINE_HOSTS": house.desk,
        "MASSLINE_SQUARE_DB": house.square_db_for_desk,
        "MASSLINE_DESK_DB": house.desk_db,
        "MASSLINE_SECRET": _secret(root, "desk.env"),
        "MASSLINE_BACKUP_FOLDER": str(BACKUPS),
        "MASSLINE_BACKUP_RECIPIENTS": ",".join(recipients),
        "MASSLINE_DRILL_IDENTITY": str(DRILL_IDENTITY),
    }
    return {SETTINGS / "square.env": _lines(square), SETTINGS / "desk.env": _lines(desk)}


def _secret(root: Path, file: str) -> str:
    return _setting(root, file, "MASSLINE_SECRET") or secrets.token_urlsafe(48)


def _lines(settings: dict[str, str]) -> str:
    head = "# Settings of Massline (docs/run.md). What you add here stays.\n"
    return head + "".join(f"{name}={quote_value(value)}\n" for name, value in settings.items())


def proxy_files(house: House) -> dict[Path, str]:
    """What Caddy is told: two names, and no log of who asks; and Tor, where the square is an onion service too."""
    own = "{\n\tlocal_certs\n}\n\n" if house.local_certificates else ""
    doors = ((house.square, house.square_port), (house.desk, house.desk_port))
    sites = "\n".join(f"{name} {{\n\treverse_proxy 127.0.0.1:{port}\n}}\n" for name, port in doors)
    files = {PROXY_FILE: own + sites}
    if house.onion:
        files[SETTINGS / "torrc"] = (
            f"HiddenServiceDir /var/lib/tor/massline\nHiddenServicePort 80 127.0.0.1:{house.square_port}\n"
        )
    return files
