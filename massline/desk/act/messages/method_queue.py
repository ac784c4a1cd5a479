"""Jobs that send by one way each, so that one slow service delays no other."""

from typing import Any

from massline.desk.act.messages.configured_channels import list_configured_channels
from massline.jobs.models import enqueue


def queue_by_method(name: str, *, method: str = "", **row: Any) -> None:
    """Queue a job for each way that messages are sent, or for `method`, so that one slow service delays no other way."""
    ways = [method] if method else [str(channel.method) for channel in list_configured_channels()]
    for way in ways:
        key = f"{name} {' '.join(map(str, row.values()))} {way}"
        enqueue(name, using="desk", key=key, method=way, **row)
