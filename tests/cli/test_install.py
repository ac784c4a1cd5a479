"""`massline install` writes a house that is closed, can be looked at first, and loses nothing that somebody changed."""

import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from massline.cli.install.command import write_files
from massline.cli.install.layout import PROXY_FILE, House, read_settings, require_reachable_command
from massline.cli.install.replaced_databases import PLACES
from massline.cli.install.running_services import affects_processes
from massline.cli.install.upgrade import switch
from tests.ops.command import massline, refused
from tests.test_house import settings_read

NAMES = ("--square", "riverside.example", "--desk", "desk.riverside.example")
PROCESSES = ("square", "desk", "worker", "backup")
MOST_EXPOSED = 2.0
CLOSED = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "MemoryDenyWriteExecute": "yes",
    "RestrictNamespaces": "yes",
    "SystemCallFilter": "~@privileged",
    "UMask": "0077",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    massline("install", "--root", folder, *NAMES)
    return folder


def unit(root: Path, name: str) -> dict[str, str]:
    lines = (root / f"etc/systemd/system/massline-{name}.service").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def settings_of(root: Path, door: str) -> dict[str, str]:
    return read_settings(root / f"etc/massline/{door}.env")


def test_every_process_is_closed_and_writes_its_own_folders_alone(root: Path) -> None:
    units = {name: unit(root, name) for name in PROCESSES}
    for about in units.values():
        assert CLOSED.items() <= about.items()
        assert about["MemoryMax"]
    square, desk = units["square"], units["desk"]
    assert (square["User"], desk["User"]) == ("massline-square", "massline-desk")
    assert "desk" not in square["ReadWritePaths"]
    assert "/var/lib/massline/desk" in square["InaccessiblePaths"]
    assert "/var/lib/massline/desk/courier" in desk["InaccessiblePaths"]
    assert square["IPAddressDeny"] == "any"
    assert {units[name]["Restart"] for name in ("square", "desk", "worker")} == {"always"}


def test_settings_and_keys_are_for_root_alone_and_the_square_is_told_nothing_of_the_desk(root: Path) -> None:
    for name in ("square.env", "desk.env", "drill.identity", "carry-away.identity", "choices.json"):
        assert stat.S_IMODE((root / "etc/massline" / name).stat().st_mode) == 0o600, name
    square, desk = settings_of(root, "square"), settings_of(root, "desk")
    assert set(square) | set(desk) <= settings_read()
    assert not {name for name in square if name.startswith(("MASSLINE_DESK_DB", "MASSLINE_BACKUP"))}
    assert min(len(square["MASSLINE_SECRET"]), len(desk["MASSLINE_SECRET"])) >= 50
    assert square["MASSLINE_SECRET"] != desk["MASSLINE_SECRET"]
    assert square["MASSLINE_HOSTS"] == "riverside.example"
    assert len(set(desk["MASSLINE_BACKUP_RECIPIENTS"].split(","))) == 2
    for name, place in PLACES.items():
        assert desk[f"MASSLINE_{name.upper()}_DB"] == f"sqlite://{place.file}"


def test_systemd_and_caddy_understand_what_was_written(root: Path) -> None:
    """Where they are not on this machine, the tests above read the same files."""
    if shutil.which("systemd-analyze"):
        units = sorted(str(path) for path in (root / "etc/systemd/system").glob("massline*"))
        said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True).stderr
        # The link to the version in use lies below the other root.
        assert not [line for line in said.splitlines() if "massline" in line and "not executable" not in line]
        for name in PROCESSES:
            level = ask(
                "systemd-analyze", "security", "--offline=true", f"--root={root}", f"massline-{name}.service"
            )
            assert float(level.rsplit("service: ", 1)[1].split()[0]) <= MOST_EXPOSED
    if shutil.which("caddy"):
        ask("caddy", "validate", "--adapter", "caddyfile", "--config", str(root / "etc/caddy/Caddyfile"))


def ask(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_a_second_time_changes_nothing_and_asks_nothing(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    said = massline("install", "--root", root).output
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert {line.split(":")[0] for line in said.splitlines() if str(root) in line} == {"as it was"}


def test_only_what_was_written_restarts_anything(tmp_path: Path) -> None:
    house = House("riverside.example", "desk.riverside.example", Path("/opt/massline/current/bin/massline"))
    first = write_files(house, tmp_path, (), replace=False)
    assert affects_processes(first)
    assert PROXY_FILE in first
    assert write_files(house, tmp_path, (), replace=False) == set()
    assert write_files(replace(house, local_certificates=True), tmp_path, (), replace=False) == {PROXY_FILE}
    assert not affects_processes({PROXY_FILE})
    (tmp_path / "etc/massline/desk.env").write_text("MASSLINE_HTTPS=yes\n")
    (tmp_path / "etc/massline/desk.env").chmod(0o600)
    inside = write_files(replace(house, square_port=8100), tmp_path, ("age1x",), replace=False)
    assert affects_processes(inside)
    assert Path("/etc/massline/desk.env") not in inside


def test_what_somebody_changed_stays_until_they_say_otherwise(root: Path) -> None:
    settings = root / "etc/massline/desk.env"
    secret = settings_of(root, "desk")["MASSLINE_SECRET"]
    settings.write_text(settings.read_text() + "MASSLINE_MAIL=smtp://localhost\n")
    assert "as you changed it" in massline("install", "--root", root).output
    massline("install", "--root", root, "--desk", "inside.example")
    assert "MASSLINE_MAIL" in settings_of(root, "desk")
    assert settings_of(root, "desk")["MASSLINE_HOSTS"] == "desk.riverside.example"
    assert "inside.example" in settings.with_name("desk.env.new").read_text()
    massline("install", "--root", root, "--replace")
    assert settings_of(root, "desk")["MASSLINE_HOSTS"] == "inside.example"
    assert settings_of(root, "desk")["MASSLINE_SECRET"] == secret
    assert "MASSLINE_MAIL" in settings.with_name("desk.env.before").read_text()


def test_postgresql_onion_and_recipients_are_remembered(tmp_path: Path) -> None:
    addresses = {
        "--square-db": "postgresql://s@localhost/square",
        "--square-db-for-desk": "postgresql://d@localhost/square",
        "--desk-db": "postgresql://d@localhost/desk",
    }
    given = [word for pair in addresses.items() for word in pair]
    massline("install", "--root", tmp_path, *NAMES, *given, "--onion", "--recipient", "age1somebody")
    massline("install", "--root", tmp_path)
    assert settings_of(tmp_path, "square")["MASSLINE_SQUARE_DB"] == addresses["--square-db"]
    assert settings_of(tmp_path, "desk")["MASSLINE_DESK_DB"] == addresses["--desk-db"]
    assert settings_of(tmp_path, "desk")["MASSLINE_BACKUP_RECIPIENTS"].endswith(",age1somebody")
    assert not (tmp_path / "etc/massline/carry-away.identity").exists()
    assert "IPAddressDeny" not in unit(tmp_path, "square")
    assert "127.0.0.1:8000" in (tmp_path / "etc/massline/torrc").read_text()


def test_passwords_of_databases_come_from_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    file, root = tmp_path / "databases", tmp_path / "root"
    file.write_text(
        "square_db=postgresql://s:one@localhost/square\n"
        "square_db_for_desk=postgresql://d:two@localhost/square\n"
        "desk_db='postgresql://d:two@localhost/desk'\n"
    )
    file.chmod(0o640)
    assert "chmod 600" in refused("install", "--root", root, *NAMES, "--databases", file)
    assert not root.exists()
    file.chmod(0o600)
    massline("install", "--root", root, *NAMES, "--databases", file)
    assert settings_of(root, "desk")["MASSLINE_DESK_DB"] == "postgresql://d:two@localhost/desk"
    assert settings_of(root, "square")["MASSLINE_SQUARE_DB"] == "postgresql://s:one@localhost/square"
    file.write_text("desk_db=postgresql://d:two@localhost/desk\n")
    assert "three lines" in refused("install", "--root", root, *NAMES, "--databases", file)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((*NAMES, "--desk-db", "postgresql://d:secret@localhost/desk"), "--databases"),
        (("--square", "riverside", "--desk", "desk.example"), "is not the name of a host"),
        (("--square", "a.example", "--desk", "A.example"), "two different names"),
        ((*NAMES, "--desk-db", "postgresql://x"), "name all three"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(
    tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused("install", "--root", tmp_path / "root", *options)
    assert not (tmp_path / "root").exists()


def test_an_installation_that_no_service_could_reach_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/massline").touch()
    tmp_path.chmod(0o700)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with pytest.raises(click.ClickException, match="chmod 755"):
        require_reachable_command()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "bin"))
    with pytest.raises(click.ClickException, match="install the wheel"):
        require_reachable_command()


def test_the_link_changes_to_another_version_in_one_step(tmp_path: Path) -> None:
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
        switch(tmp_path / "current", tmp_path / name)
        assert (tmp_path / "current").resolve().name == name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2", "current"]
