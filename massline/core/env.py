"""Typed readers of the environment: the only door through which settings come in.

Every name read here is documented in docs/run.md; a test compares the two.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_str(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    """Read yes or no; anything else is refused rather than guessed."""
    raw = env_str(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def env_int(name: str, default: int) -> int:
    raw = env_str(name)
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None


def env_list(name: str, default: list[str]) -> list[str]:
    raw = env_str(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else default


def env_path(name: str, default: Path) -> Path:
    return Path(env_str(name, str(default))).expanduser().resolve()


def env_choice(name: str, choices: tuple[str, ...], default: str) -> str:
    raw = env_str(name, default)
    if raw not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {raw!r}.")
    return raw


def env_database(name: str, default: Path) -> dict[str, Any]:
    """Read a database address: sqlite:///path or postgresql://user:password@host:port/name."""
    raw = env_str(name)
    if not raw:
        return sqlite_database(default)
    address = urlsplit(raw)
    if address.scheme == "sqlite":
        return sqlite_database(Path(unquote(address.path)))
    if address.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(address.path.lstrip("/")),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": address.hostname or "",
            "PORT": str(address.port or ""),
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
                **dict(parse_qsl(address.query)),
            },
            # A connection is tried before it is used, so that nobody meets one that a restarted server dropped.
            "CONN_HEALTH_CHECKS": True,
            "TEST": {"DEPENDENCIES": []},
        }
    raise ImproperlyConfigured(
        f"{name} must begin with sqlite:/// or postgresql://, not {address.scheme or raw!r}."
    )


def sqlite_database(path: Path) -> dict[str, Any]:
    """Settings under which a committed row survives a power cut (docs/run.md, Databases)."""
    from massline.core.db.sqlite import init_command

    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": init_command()},
        "TEST": {"DEPENDENCIES": []},
    }


def secret_key(name: str, file: Path) -> str:
    """Read the secret from the environment, else from a file made once with a fresh one."""
    given = env_str(name)
    if given:
        return given
    try:
        return file.read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as problem:
        raise ImproperlyConfigured(f"The secret in {file} cannot be read: {problem.strerror}.") from problem
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    except OSError as problem:
        raise ImproperlyConfigured(
            f"The data folder {file.parent} cannot be written ({problem.strerror}). "
            "Set MASSLINE_DATA to a folder that can."
        ) from problem
    fresh = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as out:
        out.write(fresh)
    return fresh


@dataclass(frozen=True)
class MailServer:
    """Settings for outgoing mail: Django's backend, and a server unless the backend is a service's own."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


def env_mail(name: str) -> MailServer:
    """Read a mail server: smtp://user:password@host:587 or smtps://…:465; or anymail:mailgun, a service by its name.

    STARTTLS is insisted on, except on this machine itself and where the address ends in ?tls=no.
    """
    raw = env_str(name)
    if raw.startswith("anymail:"):
        return MailServer(f"anymail.backends.{raw.removeprefix('anymail:')}.EmailBackend")
    address = urlsplit(raw)
    if raw and (address.scheme not in {"smtp", "smtps"} or not address.hostname):
        raise ImproperlyConfigured(f"{name} must be smtp://host, smtps://host or anymail:service.")
    here = address.hostname in {"localhost", "127.0.0.1", "::1"} or "tls=no" in address.query
    return MailServer(
        "massline.desk.act.messages.smtp_deadline.EmailBackend",
        host=address.hostname or "",
        port=address.port or (465 if address.scheme == "smtps" else 587),
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
        tls=address.scheme == "smtp" and not here,
        ssl=address.scheme == "smtps",
    )
