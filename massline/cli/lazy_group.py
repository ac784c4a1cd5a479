"""A command group that imports each command only when it is called."""

import ast
import importlib
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from massline.cli.error_messages import explain_error


class LazyGroup(click.Group):
    """A group of commands given as "module:function"; it shows known errors as one sentence.

    A command also answers to its name in `old_names`, which the help leaves out.
    """

    def __init__(
        self,
        *args: Any,
        sections: Mapping[str, Mapping[str, str]],
        old_names: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        self.old_names = old_names
        self.places = {name: place for part in sections.values() for name, place in part.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self.places.get(self.old_names.get(cmd_name, cmd_name))
        if place is None:
            return None
        module, attribute = place.split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, part in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name, first_sentence(place)) for name, place in part.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as problem:
            sentence = explain_error(problem)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from problem


def first_sentence(place: str) -> str:
    """Read the first line of a command's docstring without importing anything the command needs."""
    module, attribute = place.split(":")
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise LookupError(f"There is no module {module}.")
    for node in ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == attribute:
            return (ast.get_docstring(node) or "").split("\n", 1)[0]
    raise LookupError(f"There is no command {place}.")
