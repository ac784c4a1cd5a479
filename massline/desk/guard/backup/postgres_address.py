"""The address of a PostgreSQL database, and the connection to it with every row in sight."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

# Row-level security hides all rows unless a scope is set; a backup needs every row.
EVERYTHING = "-c massline.scope=*"


class PostgresProblem(Exception):
    """A copy that cannot be made or restored; the message is for the operator."""


@dataclass(frozen=True)
class Postgres:
    """Connection to one database. Programs get the password by their environment, never as an argument."""

    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""

    @classmethod
    def of_settings(cls, about: Mapping[str, object]) -> "Postgres":
        return cls(
            str(about["NAME"]),
            str(about["HOST"]),
            str(about["PORT"]),
            str(about["USER"]),
            str(about["PASSWORD"]),
        )

    @classmethod
    def of_address(cls, address: str) -> "Postgres":
        parts = urlsplit(address)
        if parts.scheme not in {"postgres", "postgresql"}:
            raise PostgresProblem("A database's address looks like postgresql://user@host:port/name.")
        given = dict(parse_qsl(parts.query))
        return cls(
            unquote(parts.path.lstrip("/")),
            parts.hostname or given.get("host", ""),
            str(parts.port or ""),
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )

    def called(self, name: str) -> "Postgres":
        """Another database on the same server."""
        return Postgres(name, self.host, self.port, self.user, self.password)

    @property
    def full_address(self) -> str:
        """The address in the form of MASSLINE_DESK_DB, with the password: only for the environment of a process."""
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        who = f"{quote(self.user, safe='')}{secret}@" if self.user else ""
        return (
            f"postgresql://{who}{self.host}{f':{self.port}' if self.port else ''}/{quote(self.name, safe='')}"
        )

    def environment(self) -> dict[str, str]:
        known = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": self.name,
            "PGOPTIONS": EVERYTHING,
        }
        return os.environ | {name: value for name, value in known.items() if value}

    def connect(self, **options: Any) -> "psycopg.Connection[Any]":
        known = {"dbname": self.name, "host": self.host, "port": self.port}
        known |= {"user": self.user, "password": self.password, "options": EVERYTHING}
        address = make_conninfo(**{name: value for name, value in known.items() if value})
        try:
            return psycopg.connect(address, **options)
        except psycopg.OperationalError as problem:
            raise PostgresProblem(
                f"The database {self.name} does not answer: {str(problem).strip()}"
            ) from problem
