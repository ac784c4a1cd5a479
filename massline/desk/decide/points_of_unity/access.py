"""Texts between organisations, read from an id in an address, for their host and the parties that joined."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404

from massline.desk.decide.points_of_unity.models import Party, UnityText
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.desk.people.scope import scope_to_everything, widen_scope


@contextmanager
def access_text(
    request: DeskRequest, org: str, pk: int, *, need: Role, as_host: bool = False
) -> Iterator[tuple[UnityText, Party | None]]:
    """Open one text, with the organisation's place in it, for its host and, unless `as_host`, for its parties."""
    organisation = access_organisation(request, org, need=need)
    with scope_to_everything("which texts is this organisation a party to?"):
        text = UnityText.objects.select_related("organisation").filter(pk=pk).first()
        party = Party.objects.filter(text=pk, organisation=organisation, left_on=None).first()
    is_host = text is not None and text.organisation_id == organisation.pk
    if text is None or not (is_host or (party is not None and not as_host)):
        raise Http404
    with widen_scope([text.organisation_id], "points of unity: the text and the positions"):
        if party is not None:
            party.text = text
        yield text, party


def list_texts_of(organisation: Organisation) -> list[UnityText]:
    """Return the texts that an organisation has a place in, its own and those of other hosts."""
    with scope_to_everything("which texts is this organisation a party to?"):
        parties = Party.objects.filter(organisation=organisation, left_on=None)
        return list(UnityText.objects.filter(pk__in=parties.values("text")))
