"""A PostgreSQL server for one test: made, started, and thrown away."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

OWNER = "postgres"


_folders: dict[str, Path] = {}


class NoServer(Exception):
    """There is no PostgreSQL to start."""


def programs() -> Path:
    """Where initdb and pg_ctl are, the newest first."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    if not found:
        raise NoServer(
            "The tests of the databases need a PostgreSQL server (on Debian: apt install postgresql)."
        )
    return found[-1].parent


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a fresh server, without its database: postgresql://postgres@127.0.0.1:PORT."""
    folder = Path(tempfile.mkdtemp(prefix="massline-postgres-"))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    try:
        carry_out(
            "initdb", "--auth=trust", f"--username={OWNER}", "--no-sync", "--encoding=UTF8", "-D", str(data)
        )
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c max_connections=60"
        carry_out("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")
        address = f"postgresql://{OWNER}@127.0.0.1:{port}"
        _folders[address] = folder
        try:
            yield address
        finally:
            del _folders[address]
            carry_out("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def restart(address: str) -> None:
    """Stop a server that `server` started, dropping every connection, and start it again."""
    carry_out("pg_ctl", "-D", str(_folders[address] / "data"), "-m", "fast", "-w", "restart")


def carry_out(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as its own user."""
    done = subprocess.run(
        [str(programs() / program), *arguments],
        user=OWNER if os.getuid() == 0 else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise NoServer(f"{program} did not work: {done.stderr.strip()}")


def make_database(address: str, name: str) -> str:
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return f"{address}/{name}"


def make_role(address: str, name: str, *, makes_databases: bool = False) -> None:
    """Make a role that is nobody special, as docs/run.md asks for; one for tests makes databases of its own."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        role = psycopg.sql.Identifier(name)
        connection.execute(psycopg.sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(role))
        if makes_databases:
            connection.execute(psycopg.sql.SQL("ALTER ROLE {} CREATEDB").format(role))


def make_owned(address: str, name: str, role: str) -> str:
    """Make a database that belongs to a role, and give its address for that role."""
    made = make_database(address, name)
    whose = psycopg.sql.Identifier(role)
    with psycopg.connect(made, autocommit=True) as connection:
        database = psycopg.sql.Identifier(name)
        connection.execute(psycopg.sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, whose))
        connection.execute(psycopg.sql.SQL("ALTER SCHEMA public OWNER TO {}").format(whose))
    return made.replace(f"{OWNER}@", f"{role}@")
