"""From an id in a URL to an import, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.import_export.models import ImportBatch
from massline.desk.listen.rounds.access import access_round
from massline.desk.people.choices import Role


def access_import(request: DeskRequest, org: str, pk: int, parcel: int, *, need: Role) -> ImportBatch:
    round_ = access_round(request, org, pk, need=need)
    return get_object_or_404(
        ImportBatch.objects.select_related("round__organisation"), round=round_, pk=parcel
    )
