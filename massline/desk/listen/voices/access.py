"""From an id in a URL to a voice, if this account may see it."""

from django.shortcuts import get_object_or_404

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.choices import Role


def access_voice(request: DeskRequest, org: str, pk: int, voice: int, *, need: Role) -> Voice:
    round_ = access_round(request, org, pk, need=need)
    return get_object_or_404(Voice.objects.of_round(round_).prefetch_related("translations"), pk=voice)
