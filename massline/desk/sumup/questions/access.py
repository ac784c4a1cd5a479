"""From an id in a URL to an open question, if this account may see it."""

from django.http import Http404

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.people.choices import Role
from massline.desk.sumup.questions.open_questions import OpenQuestion, list_open_questions


def access_question(
    request: DeskRequest, org: str, key: str, *, need: Role
) -> tuple[OpenQuestion, list[OpenQuestion]]:
    """An open question, and all open questions of the organisation."""
    organisation = access_organisation(request, org, need=need)
    waiting = list_open_questions(organisation)
    asked = next((question for question in waiting if key in question.names), None)
    if asked is None:
        raise Http404
    return asked, waiting
