"""Reads files of settings as systemd does (EnvironmentFile= in systemd.exec), so that commands and services agree.

Versions part in one thing: up to 253, and here, a comment that ends with a backslash goes on in the next line.
"""

import re
from collections.abc import Iterator

COMMENT = re.compile(r"[#;](?:\\.|[^\n])*", re.DOTALL)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
SINGLE = re.compile(r"'([^']*)'?")
DOUBLE = re.compile(r'"((?:\\.|[^"\\])*)"?', re.DOTALL)
BARE = re.compile(r"(?:\\.|[^\n\\])*", re.DOTALL)
SPACE = re.compile(r"[ \t\r]*")
# Between double quotes a backslash counts only before these and before the end of a line.
ESCAPED_IN_DOUBLE = re.compile(r'\\(["\\`$\n])')
ESCAPED_IN_BARE = re.compile(r"\\(.)", re.DOTALL)


def parse_environment(text: str) -> dict[str, str]:
    """The settings in a text: NAME=value, quoted or not, over several lines where one ends with a backslash.

    >>> parse_environment("; a comment\\nA=1\\nB='x y' \\nC=two\\\\\\n three")
    {'A': '1', 'B': 'x y', 'C': 'two three'}
    """
    return {name: value for name, value in _read_pairs(text) if NAME.fullmatch(name)}


def quote_value(value: str) -> str:
    """The value as it stands in such a file; in quotes only where it would be read differently without them."""
    if value == value.strip() and not re.search(r"""["'\\\n]""", value):
        return value
    return '"' + re.sub(r'(["\\`$])', r"\\\1", value) + '"'


def _read_pairs(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif comment := COMMENT.match(text, at):
            at = comment.end()
        else:
            end = text.find("\n", at)
            name, is_setting, _rest = text[at : end if end >= 0 else len(text)].partition("=")
            at += len(name) + len(is_setting)
            if is_setting:
                value, at = _read_value(text, at)
                yield name.rstrip(), value


def _read_value(text: str, at: int) -> tuple[str, int]:
    """The value that begins here, and where it ends: quoted parts, then what stands bare up to the end of the line."""
    value = ""
    while True:
        at = _end(SPACE, text, at)
        if single := SINGLE.match(text, at):
            value, at = value + single[1], single.end()
        elif double := DOUBLE.match(text, at):
            value, at = value + ESCAPED_IN_DOUBLE.sub(_unescape, double[1]), double.end()
        else:
            end = _end(BARE, text, at)
            return value + _read_bare(text[at:end]), end


def _read_bare(text: str) -> str:
    """Without the white space at its end, unless a backslash stands before it."""
    kept = max((found.end() for found in ESCAPED_IN_BARE.finditer(text)), default=0)
    return ESCAPED_IN_BARE.sub(_unescape, text[:kept] + text[kept:].rstrip())


def _unescape(found: re.Match[str]) -> str:
    return "" if found[1] == "\n" else found[1]


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
