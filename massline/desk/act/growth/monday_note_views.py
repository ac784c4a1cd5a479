"""The page of the Monday note: what is due this week. Names need the open vault."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from massline.desk.act.growth.monday_note import build_monday_note
from massline.desk.contacts.decrypted_contacts import open_contacts
from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.guard.keys.unlock import open_vault
from massline.desk.people.choices import Role
from massline.desk.sumup.source_material.mood_board import MoodBoard
from massline.desk.sumup.source_material.pulse_board import PulseBoard


@require_safe
def show_monday_note(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.ORGANISER)
    note = build_monday_note(organisation, request.user)
    vault = open_vault(request, organisation)
    contacts = [step.contact for step in (*note.late, *note.this_week)]
    opened = {person.contact.pk: person for person in open_contacts([*contacts, *note.without_step], vault)}
    page = {
        "note": note,
        "alarms": PulseBoard(organisation).alarms,
        "turned": [turn.sentence for turn in MoodBoard(organisation).fresh_turns],
        "unlocked": vault is not None,
        "late": [(step, opened[step.contact_id]) for step in note.late],
        "this_week": [(step, opened[step.contact_id]) for step in note.this_week],
        "without_step": [opened[contact.pk] for contact in note.without_step],
    }
    return render(request, "people/monday.html", page)
