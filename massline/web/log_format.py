"""A log format that leaves out addresses which are themselves a key."""

import json
import logging
import re
from datetime import UTC, datetime

from massline.core.invisible_characters import strip_control_characters

_KEY = re.compile(r"/(manage|come-in|in|tell-me/stop|tell-me)/[^/\s]+")


class SingleLineFilter(logging.Filter):
    """Filter that shortens to one line what a stranger can provoke at will, such as a request with a wrong Host header."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = " ".join(strip_control_characters(record.getMessage()).split())
        record.msg, record.args, record.exc_info, record.exc_text = text[:200], None, None, None
        return True


class SecretFreeFormatter(logging.Formatter):
    """Leave out the secret of a manage link, of an invitation and of a card, also where a request was refused."""

    def format(self, record: logging.LogRecord) -> str:
        return _KEY.sub(r"/\1/…", super().format(record))


class JsonFormatter(SecretFreeFormatter):
    """One JSON object a line, for programs that collect logs: time (UTC), level, logger, message, process."""

    def format(self, record: logging.LogRecord) -> str:
        written = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": super().format(record),
            "process": record.process,
        }
        return json.dumps(written, ensure_ascii=False)
