"""Commands on files as a person runs them: a shell of its own, without any setting of ours."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.house import environment, run
from tests.parts import holds
from tests.tables.table_files import csv_text

VOTES = [["participant", "statement", "value", "text"]] + [
    [person, statement, (person * statement) % 3 - 1, f"Heizung für Haus {statement}"]
    for person in range(24)
    for statement in range(5)
]


# Files that people had in hand, and what the document that comes of each holds.
@pytest.mark.parametrize(
    ("command", "file", "held"),
    [
        ("opinion", "opinion-01.xlsx", ["Heizung für alle", '"participants":24']),
        ("opinion", "opinion-02-sep-line.csv", ["Heizung für alle"]),
        ("opinion", "opinion-03-utf16.csv", ["Heizung für alle"]),
        ("opinion", "polis-01-importance.zip", ["Heizung für alle"]),
        ("opinion", "polis-02-saved-latin1", ["Heizung für alle"]),
        ("opinion", "polis-03-current", ["Heizung für alle"]),
        ("opinion", "polis-04-votes-alone.csv", ['"id":0,', '"id":4,', '"seen":18,']),
        ("pulse", "pulse-01-protest-events.csv", ['"events":16,', '"days":75,']),
        ("themes", "themes-01-no-id.csv", ['["1","13","7"]']),
        (
            "coverage",
            "coverage-01-more-heard-than-live-there.csv",
            ["Block B", "12 were heard in Block A of 5"],
        ),
        ("mood", "mood-01-decimal-comma.csv", ['"Block A"', '"Block B"', "2026-10-20"]),
    ],
)
def test_a_file_is_read_as_it_is(
    tmp_path: Path, shared: Path, command: str, file: str, held: list[str]
) -> None:
    embedder = ["--embedder", "letters"] if command == "themes" else []
    source = str(shared / "cases/files" / file)
    done = run(command, source, *embedder, "--json", "-", env=environment(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "�" not in done.stdout
    for text in held:
        assert text in done.stdout + done.stderr, done.stdout + done.stderr


def test_the_standard_input_is_a_file_too_and_no_message_holds_bytes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "massline", "opinion", "-"]
    read = subprocess.run(
        command,
        input=("sep=;\n" + csv_text(VOTES, delimiter=";")).encode(),
        env=environment(tmp_path),
        capture_output=True,
        check=False,
    )
    assert read.returncode == 0, read.stderr
    refused = subprocess.run(
        command,
        input=b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        env=environment(tmp_path),
        capture_output=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.decode().isprintable() or refused.stderr.decode().strip().isprintable()


FOUND = """
from massline.cli.django_setup import setup_django
setup_django("square")
from massline.square.organisations.models import PublicOrganisation
PublicOrganisation.objects.create(slug="riverside", name="Riverside Tenants", sentence="Five blocks.")
"""


def test_an_export_is_brought_onto_the_square(tmp_path: Path, shared: Path) -> None:
    env = environment(tmp_path / "house")
    assert run("prepare", env=env).returncode == 0
    source = str(shared / "cases/files/polis-02-saved-latin1")
    assert "found one at the desk first" in run("import", "polis", source, env=env).stderr
    subprocess.run([sys.executable, "-c", FOUND], env=env, check=True)
    done = run("import", "polis", source, env=env)
    assert done.returncode == 0, done.stderr
    assert holds(done.stdout, 24, 5, 101), done.stdout
