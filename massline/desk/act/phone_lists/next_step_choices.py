"""Next steps offered after a call, by what came of it: one tap each, with the day by which they are due."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.time_zones import in_active_zone
from massline.desk.act.events.models import Event
from massline.desk.act.phone_lists.models import Outcome


@dataclass(frozen=True)
class NextStepChoice:
    """A next step to choose: `what` is kept as the step; it is empty where nothing is agreed."""

    outcome: Outcome
    key: str
    label: str
    what: str
    due_on: date


def next_step_choices(event: Event) -> list[NextStepChoice]:
    """Return the steps on offer; what is agreed before the event is due on its day, a later call the day after."""
    today = timezone.localdate()
    day = max(in_active_zone(event.starts_at).date(), today)
    ends = max(in_active_zone(event.ends_at).date(), today)
    after = ends if ends == date.max else ends + timedelta(days=1)
    return [
        NextStepChoice(Outcome.COMING, "bring", _("Brings a neighbour"), _("Bring a neighbour"), day),
        NextStepChoice(Outcome.COMING, "help", _("Comes early to help"), _("Come early to help"), day),
        NextStepChoice(Outcome.COMING, "just", _("Just comes"), "", day),
        NextStepChoice(
            Outcome.NOT_NOW, "again", _("Call again after the event"), _("Hear how it went"), after
        ),
        NextStepChoice(Outcome.NOT_NOW, "tell", _("Tells two neighbours"), _("Tell two neighbours"), day),
        NextStepChoice(Outcome.NOT_NOW, "none", _("Nothing for now"), "", day),
    ]
