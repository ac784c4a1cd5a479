"""A log format that leaves out addresses which are themselves a key."""

import logging
import re

_KEY = re.compile(r"/(manage|come-in|in)/[^/\s]+")


class SecretFreeFormatter(logging.Formatter):
    """Leave out the secret of a manage link, of an invitation and of a card, also where a request was refused."""

    def format(self, record: logging.LogRecord) -> str:
        return _KEY.sub(r"/\1/…", super().format(record))
