"""Further languages of a call, if this account may see the call."""

from django.http import Http404

from massline.desk.call.access import access_call
from massline.desk.call.models import Call
from massline.desk.call.translations.models import CallTranslation
from massline.desk.guard.access import DeskRequest
from massline.desk.people.choices import Role
from massline.web.language_choice import WRITTEN_LANGUAGES


def access_translation(
    request: DeskRequest, org: str, pk: int, code: str, *, need: Role
) -> tuple[Call, CallTranslation | None]:
    """A call and its version in a language, None if it is not written yet. 404 for the call's own language."""
    call = access_call(request, org, pk, need=need)
    if code not in WRITTEN_LANGUAGES or code == call.language:
        raise Http404
    return call, call.translations.filter(language=code).first()
