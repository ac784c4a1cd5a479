"""Names of co-sponsors: nobody is named as an organisation of this site that did not agree itself."""

from massline.desk.people.lookalike_names import is_lookalike
from massline.desk.people.models import Organisation
from massline.square.organisations.models import PublicOrganisation


def looks_like_public_organisation(name: str, *, ours: Organisation | None = None) -> bool:
    """True if a reader could take a name for that of an organisation with a page of this site, `ours` left out."""
    others = PublicOrganisation.objects.all()
    if ours is not None:
        others = others.exclude(uuid=ours.uuid)
    return is_lookalike(name, [name for row in others.values_list("name", "slug") for name in row])


def looks_like_own_name(name: str, organisation: Organisation) -> bool:
    """True if a reader could take a name for that of the organisation whose call it is."""
    return is_lookalike(name, [organisation.name, organisation.slug])
