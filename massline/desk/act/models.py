"""Index of this stage's models, which Django loads; import from the rooms instead."""

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.check_in.models import CheckIn
from massline.desk.act.events.join_link import JoinLink
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Recurrence, Series
from massline.desk.act.messages.models import DayReached, Delivery, DeliveryState, Mailing, Occasion

__all__ = [
    "Attendance",
    "CheckIn",
    "DayReached",
    "Delivery",
    "DeliveryState",
    "Event",
    "JoinLink",
    "Mailing",
    "Occasion",
    "Presence",
    "Recurrence",
    "Series",
]
