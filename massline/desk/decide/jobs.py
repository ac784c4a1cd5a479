"""Jobs of the worker for decisions: draw the line, which may take a few seconds, and let forces move on their day."""

from django.utils import timezone

from massline.desk.decide.forces.actions import apply_moves_of_today
from massline.desk.decide.line.actions import JOB, draw_line, request_lines_of_older_engines
from massline.desk.people.models import Organisation
from massline.desk.people.scope import scope_to
from massline.jobs.lanes import ESTIMATES
from massline.jobs.registry import every, job


@job(JOB, repeatable=True, lane=ESTIMATES, owner=lambda organisation: organisation)
def draw_requested_line(organisation: int) -> None:
    draw_line(Organisation.objects.get(pk=organisation))


@every(minutes=24 * 60, database="desk", lane=ESTIMATES)
def redraw_lines_of_older_engines() -> None:
    request_lines_of_older_engines()


@every(minutes=60, database="desk")
def move_forces_on_their_day() -> None:
    for organisation in Organisation.objects.all():
        with scope_to(organisation, "moving forces on their day"), timezone.override(organisation.zone):
            apply_moves_of_today(organisation)
