"""A form that was sent after its session had ended, or after contacts had locked. It waits in pages and is written nowhere.

The fields travel from page to page of the login in one hidden field, and are sent by the person who logged in or unlocked.
"""

import json
from dataclasses import dataclass
from urllib.parse import quote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme

from massline.desk.guard.accounts import passkeys
from massline.desk.guard.accounts.forms import LoginForm
from massline.desk.guard.accounts.login import MUST_ADD
from massline.desk.guard.keys.forms import UnlockForm
from massline.web.rate_limits import RetryAfter
from massline.web.secret_fields import is_secret_field

FIELD = "unsent"
OFFERED = "offered"
TOKEN = "csrfmiddlewaretoken"
# Pages of keys, passphrases and codes: what is typed there is typed again.
SECRET_ROOMS = ("guard", "account", "login", "logout", "come-in")
# A list that is pasted has up to a million letters. What waits is sent again, so it must fit into a form.
MOST_FIELDS, MOST_LETTERS = 2000, 1_100_000
MOST_BYTES = settings.LARGEST_FORM_OF["desk"] - 50_000
# Without a login anybody could have a page written out, each quotation mark as seven letters.
MOST_LETTERS_OF_STRANGERS = 100_000
LONGEST_FIELD = 10_000


@dataclass(frozen=True)
class UnsentForm:
    """The address of a form and its fields, secrets left out."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        return json.dumps([self.path, self.fields], ensure_ascii=False)

    @property
    def is_too_large(self) -> bool:
        """True if it could not be read again from the page that it waits in."""
        text = self.as_text()
        too_long = len(text) > MOST_LETTERS or len(quote_plus(text)) > MOST_BYTES
        return too_long or len(self.fields) > MOST_FIELDS

    def may_wait(self, request: HttpRequest) -> bool:
        """True if a page is written for it: without a login, of a form of so many letters as they stand in the page."""
        if self.is_too_large:
            return False
        return request.user.is_authenticated or len(escape(self.as_text())) <= MOST_LETTERS_OF_STRANGERS

    @property
    def lines(self) -> list[str]:
        """What was written in words, for reading."""
        return [value for _name, value in self.fields if " " in value.strip()]


def unsent_form_of(request: HttpRequest) -> UnsentForm | None:
    """The form that this request sends; None where nothing was typed or everything is secret."""
    room = request.path.strip("/").split("/")[:2]
    if set(room) & set(SECRET_ROOMS):
        return None
    fields = tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN and not is_secret_field(name)
    )
    is_typed = any(value for _name, value in fields)
    unsent = UnsentForm(request.get_full_path(), fields)
    return unsent if is_typed and unsent.may_wait(request) else None


def read_unsent_form(request: HttpRequest) -> UnsentForm | None:
    """The form that waits in this page of the login; None where there is none, or it leads elsewhere."""
    written = request.POST.get(FIELD, "")
    most = MOST_LETTERS if request.user.is_authenticated else MOST_LETTERS_OF_STRANGERS
    try:
        path, fields = json.loads(written if len(written) <= most else "")
        unsent = UnsentForm(str(path), tuple((str(name), str(value)) for name, value in fields))
        # Halves of letters, which JSON can hold and no page, are refused here as broken.
        may_wait = unsent.may_wait(request)
    except (ValueError, TypeError, RecursionError):
        return None
    is_ours = unsent.path.startswith("/") and url_has_allowed_host_and_scheme(unsent.path, allowed_hosts=None)
    return unsent if is_ours and unsent.fields and may_wait else None


def typed_fields(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form of this page itself; None where only a form that waits came along.

    So it is where a field is longer than anybody types: such a page would be written out for a stranger.
    """
    typed = [request.POST.get(name, "") for name in set(request.POST) - {FIELD, TOKEN, OFFERED}]
    return request.POST if typed and max(map(len, typed)) <= LONGEST_FIELD else None


def show_login(request: HttpRequest, *, unsent: UnsentForm) -> HttpResponse:
    """The page to log in on, with the form that waits."""
    return render(
        request,
        "guard/login.html",
        {
            "form": LoginForm(),
            "next": "",
            "unsent": unsent,
            "passkeys": passkeys.is_passkey_possible(request),
        },
        status=403,
    )


def show_unlock(request: HttpRequest, *, unsent: UnsentForm) -> HttpResponse:
    """The page to unlock contacts on, with the form that waits."""
    return render(
        request, "guard/unlock.html", {"form": UnlockForm(), "next": "", "unsent": unsent}, status=403
    )


def show_unsent_form(request: HttpRequest, unsent: UnsentForm, *, unlocked: bool = False) -> HttpResponse:
    """The page after the login, or after contacts were unlocked: what was typed, and one button that sends it.

    Where a second factor is overdue, nothing can be sent before it is added: the page stays open meanwhile.
    """
    must_add = bool(request.session.get(MUST_ADD))
    return render(
        request, "guard/unsent.html", {"unsent": unsent, "must_add": must_add, "unlocked": unlocked}
    )


def show_wait(request: HttpRequest, wait: RetryAfter, *, back: str, offered: str = "") -> HttpResponse:
    """The page after too many tries; a form that waits comes along, and goes `back` to the page that asked.

    Where a code app was being added, so does the secret that was `offered`: the app on the phone has it already.
    """
    unsent = read_unsent_form(request)
    if unsent is None:
        return wait.answer(request)
    return wait.answer(request, "guard/too_often.html", {"unsent": unsent, "back": back, "offered": offered})
