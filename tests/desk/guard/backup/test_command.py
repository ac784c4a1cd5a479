"""Amal backs the house up, tries the backup, and brings it back; and what she is told where it does not work."""

import os
import re
import shlex
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pyrage
import pytest

from massline.cli.restore import opening_command
from tests.ops.house import PATIENCE, environment, run
from tests.ops.postgres import make_database, server

FOUND = """
from massline.cli.django_setup import setup_django
setup_django("desk")
from massline.desk.guard.keys import organisation_setup
from massline.desk.people.models import Account
amal = Account.objects.create_user("amal", "correct horse battery staple")
organisation_setup.found_organisation(by=amal, passphrase="correct horse battery staple", name="Riverside", slug="riverside")
"""


@dataclass(frozen=True)
class Amal:
    """Her house, who may open its backups, and where temporary files lie."""

    house: Path
    temp: Path
    recipients: list[str]
    identity: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        return environment(self.house, TMPDIR=str(self.temp), **self.more)

    def massline(self, *arguments: object) -> tuple[int, str]:
        done = run(*map(str, arguments), env=self.env)
        return done.returncode, done.stdout + done.stderr

    def back_up(self, folder: Path) -> tuple[Path, Path]:
        readers = [word for one in self.recipients for word in ("--recipient", one)]
        code, said = self.massline("backup", "--to", folder, *readers)
        assert code == 0, said
        (data,), (keys,) = folder.glob("*.data.age"), folder.glob("*.keys.age")
        return data, keys


@pytest.fixture(scope="module")
def amal(tmp_path_factory: pytest.TempPathFactory) -> Amal:
    """A house with one organisation in it, stopped."""
    root = tmp_path_factory.mktemp("amal")
    (root / "temp").mkdir()
    holders = [pyrage.x25519.Identity.generate() for _ in range(2)]
    identity = root / "amal.key"
    identity.write_text(f"# created: today\n# public key: {holders[0].to_public()}\n{holders[0]}\n")
    amal = Amal(root / "data", root / "temp", [str(one.to_public()) for one in holders], identity)
    code, said = amal.massline("prepare")
    assert code == 0, said
    subprocess.run([sys.executable, "-c", FOUND], env=amal.env, check=True, timeout=PATIENCE)
    return amal


def counts(said: str) -> dict[str, int]:
    return {name: int(count) for count, name in re.findall(r"^ +(\d+) (\w+)$", said, re.MULTILINE)}


def test_what_was_backed_up_comes_back_with_the_same_counts(amal: Amal, tmp_path: Path) -> None:
    data, keys = amal.back_up(tmp_path / "backups")
    back = tmp_path / "back"
    code, said = amal.massline("restore", data, "--keys", keys, "--identity", amal.identity, "--to", back)
    assert code == 0, said
    assert counts(said)["people_organisation"] == 1
    assert stat.S_IMODE(back.stat().st_mode) == 0o700
    assert {stat.S_IMODE((back / f"{name}.sqlite3").stat().st_mode) for name in ("square", "desk")} == {0o600}
    with closing(sqlite3.connect(back / "desk.sqlite3")) as desk:
        assert desk.execute("SELECT slug FROM people_organisation").fetchall() == [("riverside",)]
        assert desk.execute("SELECT count(*) FROM guard_holderseal").fetchone() == (1,)


def test_a_folder_with_something_in_it_is_left_alone(amal: Amal, tmp_path: Path) -> None:
    data, _keys = amal.back_up(tmp_path / "backups")
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "letter.txt").write_text("mine")
    code, said = amal.massline("restore", data, "--identity", amal.identity, "--to", tmp_path / "back")
    assert (code, said.count("\n")) == (1, 1)
    assert "is not empty. Nothing was changed" in said
    assert os.listdir(tmp_path / "back") == ["letter.txt"]


def test_the_drill_says_that_everything_holds_and_leaves_nothing_behind(amal: Amal, tmp_path: Path) -> None:
    data, keys = amal.back_up(tmp_path)
    code, said = amal.massline("drill", "restore", data, "--keys", keys, "--identity", amal.identity)
    assert code == 0, said
    for sentence in (
        "The file of the desk: sound.",
        "The tables of the square: as this version.",
        "The audit chain of riverside: whole.",
        "Everything holds.",
    ):
        assert sentence in said
    assert list(amal.temp.iterdir()) == []


def test_the_drill_finds_an_audit_chain_that_was_changed(amal: Amal, tmp_path: Path) -> None:
    house = tmp_path / "data"
    shutil.copytree(amal.house, house)
    with closing(sqlite3.connect(house / "desk.sqlite3")) as desk:
        desk.execute("UPDATE guard_auditline SET verb = 'looked away'")
        desk.commit()
    data, _keys = replace(amal, house=house).back_up(tmp_path)
    code, said = amal.massline("drill", "restore", data, "--identity", amal.identity)
    assert code == 1
    assert "!  The audit chain of riverside: broken at line 1." in said
    assert "1 of these does not hold" in said
    assert list(amal.temp.iterdir()) == []


def test_a_stranger_and_a_single_recipient_are_told_why_not(amal: Amal, tmp_path: Path) -> None:
    data, _keys = amal.back_up(tmp_path)
    stranger, empty = tmp_path / "stranger.key", tmp_path / "empty.key"
    stranger.write_text(str(pyrage.x25519.Identity.generate()))
    empty.write_text("# nothing\n")
    for identity, sentence in ((stranger, "does not open with this identity"), (empty, "no age identity")):
        code, said = amal.massline("drill", "restore", data, "--identity", identity)
        assert (code, said.count("\n")) == (1, 1)
        assert sentence in said
    code, said = amal.massline("backup", "--to", tmp_path, "--recipient", amal.recipients[0])
    assert (code, said.count("\n")) == (1, 1)
    assert "at least two recipients" in said


def test_a_database_that_does_not_answer_is_said_in_one_sentence(amal: Amal, tmp_path: Path) -> None:
    env = amal.env | {"MASSLINE_DESK_DB": "postgresql://somebody@127.0.0.1:1/desk"}
    readers = [word for one in amal.recipients for word in ("--recipient", one)]
    done = run("backup", "--to", str(tmp_path / "backups"), *readers, env=env)
    assert done.returncode == 1
    assert "The database desk does not answer" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_of_postgresql_comes_back_into_empty_databases(amal: Amal, tmp_path: Path) -> None:
    """Made of one moment of both, tried on scratch databases, brought back, and the key bag put in after."""
    with server() as address:
        named = {f"MASSLINE_{name.upper()}_DB": make_database(address, name) for name in ("square", "desk")}
        house = replace(amal, house=tmp_path / "data", more=named)
        code, said = house.massline("prepare")
        assert code == 0, said
        subprocess.run([sys.executable, "-c", FOUND], env=house.env, check=True, timeout=PATIENCE)
        data, keys = house.back_up(tmp_path / "backups")
        words = (data, "--keys", keys, "--identity", amal.identity)
        code, said = house.massline("drill", "restore", *words, "--server", address)
        assert code == 0, said
        for sentence in ("The audit chain of riverside: whole.", "Everything holds."):
            assert sentence in said
        code, said = house.massline("restore", *words, "--to", tmp_path / "back")
        assert (code, said.count("\n")) == (1, 1)
        assert "was on PostgreSQL. Name an empty database" in said
        fresh = {name: make_database(address, f"back_{name}") for name in ("square", "desk")}
        to = ("--square-db", fresh["square"], "--desk-db", fresh["desk"])
        code, said = house.massline("restore", *words, "--to", tmp_path / "back", *to)
        assert code == 0, said
        assert counts(said)["people_organisation"] == 1
        with psycopg.connect(fresh["desk"]) as desk, psycopg.connect(f"{address}/postgres") as postgres:
            assert desk.execute("SELECT count(*) FROM guard_holderseal").fetchone() == (1,)
            names = postgres.execute("SELECT datname FROM pg_database").fetchall()
        assert not [name for (name,) in names if name.startswith("massline_drill")]
        code, said = house.massline("restore", *words, "--to", tmp_path / "again", *to)
        assert "is not empty. Nothing was changed" in said
    assert list(amal.temp.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (
            "postgresql://desk:secret@db.example/desk?sslmode=verify-full",
            "postgresql://desk@db.example/desk?sslmode=verify-full",
        ),
        ("postgresql://desk@/desk?host=/run/postgresql", "postgresql://desk@/desk?host=/run/postgresql"),
        ("postgresql://desk:secret@[::1]:5432/desk?password=secret", "postgresql://desk@[::1]:5432/desk"),
    ],
)
def test_the_command_after_a_restore_keeps_the_address_and_leaves_the_password_out(
    given: str, shown: str
) -> None:
    said = opening_command(Path("/srv/new house"), given, None)
    assert (
        said == f"MASSLINE_DATA='/srv/new house' MASSLINE_SQUARE_DB={shlex.quote(shown)} massline up --empty"
    )
