"""How a test runs a command as a person would."""

import importlib

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
