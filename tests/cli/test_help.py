"""Commands can be found: each says in a line what one gets, and answers to the name it had before."""

import click
import pytest
from click.testing import CliRunner

from massline.cli import COMMANDS, OLD_NAMES, main
from massline.cli.lazy_group import first_sentence
from massline.files import COMMANDS as ESTIMATES


@pytest.mark.parametrize("name", sorted({**COMMANDS, **ESTIMATES}))
def test_a_command_says_in_one_line_what_it_does(name: str) -> None:
    line = first_sentence({**COMMANDS, **ESTIMATES}[name])
    assert 20 < len(line) < 110
    assert line in CliRunner().invoke(main, ["--help"], terminal_width=200).output


@pytest.mark.parametrize(("old", "new"), OLD_NAMES.items())
def test_a_command_answers_to_its_old_name_which_the_help_leaves_out(old: str, new: str) -> None:
    context = click.Context(main)
    assert main.get_command(context, old) is main.get_command(context, new)
    assert old not in main.list_commands(context)
    assert CliRunner().invoke(main, [old, "--help"]).exit_code == 0
