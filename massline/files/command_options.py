"""Shared parts of every estimate's command: its options, its progress, and the delivery of its results."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import click

from massline.engine.privacy.threshold import LEAST, Threshold

P = ParamSpec("P")


@dataclass(frozen=True)
class CommandOptions:
    """The options given on the command line."""

    json_out: Path | None
    html_out: Path | None
    seed: int
    progress: bool
    threshold: Threshold


def estimate_options(command: Callable[Concatenate[CommandOptions, P], None]) -> Callable[..., None]:
    """Add `--json`, `--html`, `--seed`, `--small-cell` and `--progress`, handed over as one `CommandOptions`."""

    @click.option(
        "--json", "json_out", type=click.Path(path_type=Path), help="Write the document here; - prints it."
    )
    @click.option(
        "--html", "html_out", type=click.Path(path_type=Path), help="Write a page to read or print here."
    )
    @click.option(
        "--seed", type=int, default=1, show_default=True, help="Same input and seed, same bytes out."
    )
    @click.option(
        "--small-cell",
        type=click.IntRange(LEAST),
        envvar="MASSLINE_SMALL_CELL",
        default=LEAST,
        show_default=True,
        help="Show no figure of fewer people than this.",
    )
    @click.option("--progress", is_flag=True, help="Show how far it has got.")
    def with_options(
        json_out: Path | None,
        html_out: Path | None,
        seed: int,
        progress: bool,
        small_cell: int,
        **rest: Any,
    ) -> None:
        if seed < 0:
            raise click.BadParameter("a seed is 0 or more", param_hint="--seed")
        wanted = CommandOptions(json_out, html_out, seed, progress, Threshold(small_cell))
        command(wanted, **rest)  # type: ignore[call-arg]

    with_options.__name__ = command.__name__
    with_options.__doc__ = command.__doc__
    params = getattr(command, "__click_params__", [])
    with_options.__click_params__ += params  # type: ignore[attr-defined]
    return with_options


def source_argument(*, folders: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The argument SOURCE: a file, `-` for the standard input or, where `folders` says so, a folder."""
    kind = click.Path(exists=True, dir_okay=folders, allow_dash=True, path_type=Path)
    return click.argument("source", type=kind)


def day_order_option(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--month-first/--day-first`, for days such as 3/4/2026 that no other day of the column explains."""
    return click.option(
        "--month-first/--day-first",
        "month_first",
        default=None,
        help="How days such as 3/4/2026 are written, where the column does not tell.",
    )(command)


@contextmanager
def progress_steps(wanted: CommandOptions, count: int) -> Iterator[Callable[[str], None]]:
    """Show a bar over `count` steps where it was asked for; an estimate that refuses says so in one sentence."""
    try:
        if not wanted.progress:
            yield lambda _label: None
            return
        with click.progressbar(length=count, file=sys.stderr, show_eta=False) as bar:

            def begin(label: str) -> None:
                bar.label = label
                bar.update(1)

            yield begin
    except ValueError as error:
        raise click.ClickException(f"{error}".rstrip(".") + ".") from error
