"""Commands on files as a person runs them: a shell of its own, without any setting of ours."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.house import environment, run
from tests.tables.table_files import csv_text, xlsx

VOTES = [["participant", "statement", "value", "text"]] + [
    [person, statement, (person * statement) % 3 - 1, f"Heizung für Haus {statement}"]
    for person in range(24)
    for statement in range(5)
]
POLIS_VOTES = [["timestamp", "datetime", "comment-id", "voter-id", "vote", "important"]] + [
    [1764000000 + person, "x", statement, person, (person * statement) % 3 - 1, 1]
    for person in range(24)
    for statement in range(5)
]
COMMENTS = [
    ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"]
] + [[1764000000, "x", statement, 0, 1, 1, 1, f"Heizung für Haus {statement}"] for statement in range(5)]
EVENTS = [["event_id_cnty", "event_date", "event_type", "location", "notes"]] + [
    [f"EX{day}", f"2026-09-{day:02}", "Protests", "Harbourtown", "Tenants gathered."] for day in range(1, 17)
]
MOOD = [["section", "day", "category", "count"]] + [
    ["Block A", f"{day:02}.09.2026", category, "1,0"] for day in range(1, 15) for category in range(1, 6)
]


def files(folder: Path) -> None:
    (folder / "votes.xlsx").write_bytes(xlsx(votes=VOTES))
    (folder / "sep.csv").write_text("sep=;\n" + csv_text(VOTES, delimiter=";"))
    (folder / "utf16.csv").write_text(csv_text(VOTES, delimiter="\t"), "utf-16")
    (folder / "votes-alone.csv").write_text(csv_text(POLIS_VOTES))
    export = folder / "export"
    export.mkdir()
    (export / "3abc-comments.csv").write_bytes(csv_text(COMMENTS).encode("cp1252"))
    (export / "3abc-votes.csv").write_text(csv_text(POLIS_VOTES))
    (export / "comment-groups.csv").write_text("comment-id,comment,total-votes\n0,x,1\n")
    (folder / "events.csv").write_text(csv_text(EVENTS))
    (folder / "texts.csv").write_text("text\n" + '"The lift is broken, again"\n' * 3)
    (folder / "coverage.csv").write_text("section,headcount,heard\nBlock A,5,12\nBlock B,100,10\n")
    (folder / "mood.csv").write_text(csv_text(MOOD, delimiter=";"))


@pytest.mark.parametrize(
    "command",
    [
        ("opinion", "votes.xlsx"),
        ("opinion", "sep.csv"),
        ("opinion", "utf16.csv"),
        ("opinion", "votes-alone.csv"),
        ("opinion", "export"),
        ("pulse", "events.csv"),
        ("themes", "texts.csv", "--embedder", "letters"),
        ("coverage", "coverage.csv"),
        ("mood", "mood.csv"),
    ],
)
def test_a_file_is_read_as_it_is(tmp_path: Path, command: tuple[str, ...]) -> None:
    files(tmp_path)
    name, file, *more = command
    done = run(name, str(tmp_path / file), *more, env=environment(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "�" not in done.stdout


def test_the_standard_input_is_a_file_too_and_no_message_holds_bytes(tmp_path: Path) -> None:
    files(tmp_path)
    command = [sys.executable, "-m", "massline", "opinion", "-"]
    read = subprocess.run(
        command,
        input=(tmp_path / "sep.csv").read_bytes(),
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


def test_an_export_is_brought_onto_the_square(tmp_path: Path) -> None:
    """Without an organisation the command says so: settings are there, and the export was read."""
    files(tmp_path)
    env = environment(tmp_path / "house")
    assert run("prepare", env=env).returncode == 0
    done = run("import", "polis", str(tmp_path / "export"), env=env)
    assert "found one at the desk first" in done.stderr, done.stderr
