"""Attendance by its id in a URL, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.access import access_event
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role


def access_attendance(request: DeskRequest, org: str, pk: int, attendance_pk: int) -> Attendance:
    event = access_event(request, org, pk, need=Role.HOLDER)
    attendances = Attendance.objects.select_related("contact__organisation", "event__organisation")
    return get_object_or_404(attendances, event=event, pk=attendance_pk)
