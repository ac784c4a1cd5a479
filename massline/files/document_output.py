"""The writing of a document and its page, whole or not at all; without a file to write, its summary."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from massline.engine.result_documents import Document, canonical_bytes
from massline.files.command_options import CommandOptions

D = TypeVar("D", bound=Document)


def deliver_document(document: D, page: Callable[[D], str], summary: str, wanted: CommandOptions) -> None:
    """Write the files that were asked for; without any, say the summary."""
    if wanted.json_out:
        write_file(wanted.json_out, canonical_bytes(document) + b"\n")
    if wanted.html_out:
        write_file(wanted.html_out, page(document).encode())
    if wanted.json_out is None or str(wanted.json_out) != "-":
        click.echo(summary)


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; `-` is the standard output."""
    if str(path) == "-":
        click.echo(content, nl=False)
        return
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
