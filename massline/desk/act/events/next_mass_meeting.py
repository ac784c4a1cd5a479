"""The next mass meeting of an organisation or of its parent."""

from massline.desk.act.events.models import Event
from massline.desk.people.models import Organisation
from massline.desk.people.scope import widen_scope


def next_mass_meeting(organisation: Organisation, *, besides: Event | None = None) -> Event | None:
    """The next mass meeting of the organisation, or of its parent if a chapter has none."""
    ours = [organisation.pk, organisation.parent_id]
    with widen_scope([organisation.parent_id], "the mass meeting of the whole"):
        meetings = Event.objects.coming_up().mass_meetings()
        coming = list(meetings.filter(organisation__in=[pk for pk in ours if pk]))
    coming = [event for event in coming if event != besides]
    own = [event for event in coming if event.organisation_id == organisation.pk]
    return next(iter(own or coming), None)
