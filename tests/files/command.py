"""How a test runs a command as a person would."""

import csv
import importlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from click import Command
from click.testing import CliRunner, Result

from massline.files import COMMANDS


def command(name: str) -> Command:
    module, attribute = COMMANDS[name].split(":")
    found = getattr(importlib.import_module(module), attribute)
    assert isinstance(found, Command)
    return found


def run(name: str, *arguments: object) -> Result:
    return CliRunner().invoke(command(name), [str(a) for a in arguments], catch_exceptions=False)


def refused(name: str, *arguments: object) -> str:
    """The one clear sentence a command refuses with."""
    result = CliRunner().invoke(command(name), [str(a) for a in arguments])
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1, "one sentence"
    return result.output


Cells = tuple[object, ...]


def write(path: Path, header: str, rows: Iterable[Cells]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header.split(","), *rows])
    return path


def outcome(name: str, source: Path, folder: Path, *options: object) -> tuple[dict[str, Any], str]:
    """The document and the page a command writes."""
    doc, page = folder / f"{name}.json", folder / f"{name}.html"
    result = run(name, source, "--json", doc, "--html", page, *options)
    assert result.exit_code == 0, result.output
    html = page.read_text()
    assert html.startswith("<!doctype html>")
    assert "<script" not in html
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")
    loaded: dict[str, Any] = json.loads(doc.read_bytes())
    assert {"schema", "engine_version", "seed", "rests_on", "left_out", "result"} == set(loaded)
    assert loaded["schema"] == f"massline.{name}/1"
    return loaded, html
