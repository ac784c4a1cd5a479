"""Names in addresses become elections here."""

from django.http import Http404
from django.utils import timezone

from massline.square.elections.models import PublishedElection


def access_election(org: str, slug: str) -> PublishedElection:
    """An election with its page and organisation, whose time zone is activated."""
    named = PublishedElection.objects.filter(page__organisation__slug=org, page__slug=slug)
    election = named.select_related("page__organisation__parent").first()
    if election is None:
        raise Http404
    timezone.activate(election.organisation.zone)
    return election
