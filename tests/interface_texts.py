"""The texts of the interface, as the source marks them for translation."""

import io
from functools import cache
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

import massline

PACKAGE = Path(massline.__file__).parent
MARKED = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def marked_with_context(source: Path) -> set[tuple[str | None, tuple[str, ...]]]:
    """Every text a file marks, with its context and its plural where it has one."""
    text = source.read_text()
    if source.suffix == ".html":
        # Django turns a template into calls of gettext amid filler; its indentation means nothing.
        text = "\n".join(line.strip() for line in templatize(text).split("\n"))
    found = extract("python", io.BytesIO(text.encode()), keywords=MARKED)
    return {
        (context, words if isinstance(words, tuple) else (words,)) for _line, words, _notes, context in found
    }


@cache
def interface_texts() -> frozenset[tuple[str | None, tuple[str, ...]]]:
    """Every text of both doors: its context, its singular, and its plural where it has one."""
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    return frozenset().union(*(marked_with_context(source) for source in sources))
