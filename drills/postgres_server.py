"""A PostgreSQL server that keeps its promises (fsync on), to be ended in the ways servers end."""

import os
import pwd
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.ops.postgres import OWNER, NoServer, carry_out

PATIENCE = 60
EVERY_INDEX = """
SELECT bt_index_parent_check(c.oid, true) FROM pg_class c
JOIN pg_index i ON i.indexrelid = c.oid JOIN pg_am a ON a.oid = c.relam
WHERE a.amname = 'btree' AND i.indisvalid AND c.relpersistence = 'p'
"""
EVERY_TABLE = """
SELECT c.relname || ': ' || v.msg FROM pg_class c, LATERAL verify_heapam(c.oid) v
WHERE c.relkind = 'r' AND c.relpersistence = 'p'
"""


class PostgresServer:
    """Made in a folder of its own; nothing in its configuration is weaker than PostgreSQL's default."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.address = f"postgresql://{OWNER}@127.0.0.1:{self.port}"
        self._do("initdb", "--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "-D", str(self.data))

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -c unix_socket_directories= -c max_connections=60"
        self._do("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def write_down(self) -> None:
        """Bring everything so far to the files, so that a start after a crash replays only what came later."""
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def stop_at_once(self) -> None:
        """As after a power cut of the machine: nothing is written down, the log is replayed at the next start."""
        self._do("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def kill_a_backend(self) -> bool:
        """kill -9 to a process that serves one of our connections; wait until the server has ended all others too."""
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection,
        ):
            busiest = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname IN ('square', 'desk') AND pid <> pg_backend_pid() "
                "ORDER BY state = 'active' DESC, query_start DESC LIMIT 1"
            ).fetchone()
            if busiest is None:
                return False
            os.kill(int(str(busiest[0])), signal.SIGKILL)
            connection.execute("SELECT pg_sleep(60)")
        return True

    def kill_all(self) -> None:
        """kill -9 to the server itself, its children first: it has no time to tell anybody."""
        first = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(first, signal.SIGSTOP)
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        everyone = [*[int(child) for child in children], first]
        for process in everyone:
            os.kill(process, signal.SIGKILL)
        pause = threading.Event()
        while any(_lives(process) for process in everyone):
            pause.wait(0.005)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def wait_until_ready(self) -> None:
        pause = threading.Event()
        for _ in range(PATIENCE * 50):
            try:
                psycopg.connect(f"{self.address}/postgres", connect_timeout=5).close()
            except psycopg.OperationalError:
                pause.wait(0.02)
            else:
                return
        raise AssertionError("PostgreSQL did not come back: " + (self.folder / "log").read_text()[-2000:])

    def broken(self) -> list[str]:
        """Faults that PostgreSQL's amcheck finds in tables and indexes of both databases; empty if all are whole."""
        problems = []
        for name in ("square", "desk"):
            with psycopg.connect(f"{self.address}/{name}", autocommit=True) as connection:
                connection.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
                try:
                    connection.execute(EVERY_INDEX)
                    rows = connection.execute(EVERY_TABLE).fetchall()
                except psycopg.Error as problem:
                    rows = [(str(problem),)]
            problems += [f"{name}: {row[0]}" for row in rows]
        return problems

    def _do(self, program: str, *arguments: str) -> None:
        try:
            carry_out(program, *arguments)
        except NoServer as problem:
            log = self.folder / "log"
            problems = log.read_text()[-3000:] if log.is_file() else ""
            raise AssertionError(f"{problem} {problems}") from problem


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def run_server() -> Iterator[PostgresServer]:
    """A running server with two empty databases, square and desk; gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="massline-postgres-"))
    try:
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            owner = pwd.getpwnam(OWNER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        made = PostgresServer(folder)
        made.start()
        try:
            with psycopg.connect(f"{made.address}/postgres", autocommit=True) as connection:
                for name in ("square", "desk"):
                    connection.execute(
                        psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name))
                    )
            yield made
        finally:
            if (made.data / "postmaster.pid").exists():
                made.stop_at_once()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
