"""A log format that leaves out addresses which are themselves a key."""

import logging
import re

from massline.core.invisible_characters import without_controls

_KEY = re.compile(r"/(manage|come-in|in)/[^/\s]+")


class OneLine(logging.Filter):
    """Filter that shortens to one line what a stranger can provoke at will, such as a request with a wrong Host header."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = " ".join(without_controls(record.getMessage()).split())
        record.msg, record.args, record.exc_info, record.exc_text = text[:200], None, None, None
        return True


class SecretFreeFormatter(logging.Formatter):
    """Leave out the secret of a manage link, of an invitation and of a card, also where a request was refused."""

    def format(self, record: logging.LogRecord) -> str:
        return _KEY.sub(r"/\1/…", super().format(record))
