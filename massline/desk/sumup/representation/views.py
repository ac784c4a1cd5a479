"""The page "who is not in here": people whom no finding speaks for, in parts, and what would leave fewer out."""

from django.http import HttpResponse
from django.shortcuts import render

from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.desk.sumup.claims.access import access_sum_up
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.representation.unrepresented_people import find_unrepresented_people


def show_left_out(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    evidence = CitedData(sum_up.round)
    found = find_unrepresented_people(list(sum_up.claims.with_words()), evidence)
    page = {
        "sum_up": sum_up,
        "evidence": evidence,
        "found": found,
        "least": evidence.threshold.k,
        "may_write": not sum_up.is_published,
    }
    return render(request, "sumup/left_out.html", page)
