"""How a test runs a command as a person would."""

from click.testing import CliRunner, Result

from massline.cli import main


def massline(*arguments: object) -> Result:
    """Run a command that should go well."""
    result = CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def refused(*arguments: object) -> str:
    """Run a command that should refuse, and give the one sentence it says."""
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1, "one sentence"
    return result.stderr


def troubled(*arguments: object) -> str:
    """Run a command that finds something to do, and give all it says."""
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    return result.output
