"""Jobs of the worker for decisions: draw the line, which may take a few seconds."""

from massline.desk.decide.line.actions import JOB, draw_line
from massline.desk.people.models import Organisation
from massline.jobs.lanes import ESTIMATES
from massline.jobs.registry import job


@job(JOB, repeatable=True, lane=ESTIMATES, owner=lambda organisation: organisation)
def draw_requested_line(organisation: int) -> None:
    draw_line(Organisation.objects.get(pk=organisation))
