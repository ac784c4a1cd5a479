"""Find what a page says by the name of its part, so that its wording can change.

An element names what it says: `data-part="no-mass-meeting"`. A notice is named by `extra_tags`, a form error by its
`code`, a refusal by the class of its reason.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.interface_texts import PACKAGE

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
NAMED_IN_TEMPLATES = re.compile(r'data-part="([\w -]+)"')
WRITTEN = re.compile(r'data-part="((?:\{%.*?%\}|[^"{])*)"')
TAG = re.compile(r"\{%.*?%\}")
QUOTED = re.compile(r'"([a-z][a-z_ -]{2,30})"')
MEMBER = re.compile(r"^ {4}([A-Z_]+) = ", re.MULTILINE)
CLASS = re.compile(r"^class (\w+)", re.MULTILINE)


def shows(page: Any, name: str, *values: object) -> bool:
    """Whether a page has this part, with these values in it in this order; a name no page knows is an error."""
    assert name in known_parts(), f"no template, notice, form error or refusal is named “{name}”"
    return any(holds(text, *values) for text in parts(page, name))


def holds(text: str, *values: object) -> bool:
    """Whether a text holds these values one after another; a number is no part of a longer one."""
    rest = text
    for value in values:
        found = re.search(
            rf"(?<![\d.,]){value}(?!\d)" if isinstance(value, int) else re.escape(str(value)), rest
        )
        if not found:
            return False
        rest = rest[found.end() :]
    return True


def part(page: Any, name: str) -> str:
    """Return the text of the only part of this name."""
    (text,) = parts(page, name)
    return text


def parts(page: Any, name: str) -> list[str]:
    """Return the text of every part of this name, white space folded."""
    reader = _PartReader(name)
    reader.feed(page if isinstance(page, str) else page.content.decode())
    return [" ".join("".join(text).split()) for text in reader.texts]


def field_errors(page: Any, field: str) -> list[str]:
    """Return the codes of the errors shown at a field of a form; on a page of several, its ids begin with the form's name."""
    text = page if isinstance(page, str) else page.content.decode()
    shown = re.search(rf'id="(?:id|form|\w+_form)_{field}_error"[^>]*>(.*?)</p>', text, re.DOTALL)
    return NAMED_IN_TEMPLATES.findall(shown[1]) if shown else []


@contextmanager
def expect_refusal(*names: str) -> Iterator[None]:
    """Expect a refusal for exactly these reasons."""
    from massline.core.refusal import CodedError, Refused

    with pytest.raises((Refused, CodedError)) as refusal:
        yield
    assert reason_names(refusal.value) == list(names)


def reason_names(refusal: BaseException) -> list[str]:
    """Return the names of the reasons of a refusal."""
    from massline.web.refusal_messages import name_of_reason

    return [name_of_reason(reason) for reason in getattr(refusal, "reasons", [refusal])]


@cache
def known_parts() -> frozenset[str]:
    """Every name the code gives to a part: a name in a template, a code, or the class of a reason."""
    from massline.web.refusal_messages import to_kebab_case

    names: set[str] = set()
    for template in PACKAGE.rglob("*.html"):
        text = template.read_text()
        for given in WRITTEN.findall(text):
            names.update(TAG.sub(" ", given).split())
        names.update(QUOTED.findall(text))
    for module in PACKAGE.rglob("*.py"):
        source = module.read_text()
        names.update(
            to_kebab_case(name) for found in (QUOTED, CLASS, MEMBER) for name in found.findall(source)
        )
    # NoWords names the text that was left empty.
    return frozenset(names | {f"no-{name}" for name in names})


class _PartReader(HTMLParser):
    """Collects the text of elements whose `data-part` has one of its names equal to the name asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.texts: list[list[str]] = []
        self.open: list[tuple[str, list[str] | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = self.name in (dict(attrs).get("data-part") or "").split()
        if named:
            self.texts.append([])
        if tag not in VOID:
            self.open.append((tag, self.texts[-1] if named else None))

    def handle_endtag(self, tag: str) -> None:
        while self.open and any(name == tag for name, _ in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        for _tag, text in self.open:
            if text is not None:
                text.append(data)
