"""The page of pictures: four charts, each with its sentence, its table, and how sure it is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.learn.momentum.turnout_series import Momentum
from massline.desk.learn.pictures.allies_over_time import AlliesOverTime
from massline.desk.learn.pictures.heard_map import HeardMap
from massline.desk.people.choices import Role
from massline.desk.sumup.source_material.mood_board import MoodBoard


@require_safe
def show_pictures(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    page = {
        "mood": MoodBoard(organisation),
        "momentum": Momentum(organisation),
        "heard": HeardMap(organisation),
        "allies": AlliesOverTime(organisation),
    }
    return render(request, "learn/pictures.html", page)
