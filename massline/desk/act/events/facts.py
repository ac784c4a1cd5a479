"""PLACEHOLDER from massline.desk.act.actions: Planning what people come to, taking attendance, and seeing that nobody leaves without a next step."""

from datetime import datetime
from typing import TypedDict


class Facts(TypedDict, total=False):
    """The facts of an event that can be changed."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    about: str
    access: str
    forecast: int | None
