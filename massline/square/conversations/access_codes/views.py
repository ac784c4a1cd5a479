"""Coming into a conversation by a card, a code or an invitation. Looking spends nothing; only the button does."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from massline.square import rate_limits
from massline.square.conversations.access import access_way_in
from massline.square.conversations.access_codes.actions import CodeRefusal, raise_level, redeem_code
from massline.square.conversations.access_codes.forms import WayInForm
from massline.square.conversations.access_codes.models import format_code, parse_code
from massline.square.conversations.models import Conversation
from massline.square.conversations.voting.blank_ballots import blank_of, set_blank_cookie
from massline.square.conversations.voting.forms import way_in_ballot
from massline.square.conversations.voting.voter_cookie import fresh_token, set_cookie, token_of
from massline.web.rate_limits import people_behind, sender_network


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def way_in(request: HttpRequest, org: str, slug: str, code: str = "") -> HttpResponse:
    conversation = access_way_in(org, slug)
    if request.method != "POST":
        read = parse_code(code)
        return _page(request, conversation, _form(request, conversation, format_code(read) if read else code))
    if wait := rate_limits.codes.limiter.peek(sender_network(request), many=people_behind(request)):
        return wait.answer(request)
    form = WayInForm(request.POST)
    if not form.is_valid():
        return _page(request, conversation, form, status=422)
    if form.cleaned_data["ballot"].conversation != conversation.pk:
        return render(request, "web/stale.html", status=403)
    return _come_in(request, conversation, form)


@require_safe
def short(request: HttpRequest, pk: int) -> HttpResponse:
    """The address that stands on a card to be typed."""
    found = get_object_or_404(Conversation.objects.select_related("organisation"), pk=pk)
    return redirect(found.get_way_in_url())


def _come_in(request: HttpRequest, found: Conversation, form: WayInForm) -> HttpResponse:
    """Spend the code. The ballot names the browser that asked, so that a double tap is one person.

    A second person on the same phone has a ballot of their own, and says so by the button they press.
    """
    signed = form.cleaned_data["ballot"]
    anew = "somebody_else" in request.POST
    token = signed.token if anew else token_of(request) or signed.token
    typed = form.cleaned_data["code"]
    held = None if anew else blank_of(request, found.pk)
    came = redeem_code(found, typed=typed, token=token, nonce=signed.nonce or signed.token, held=held)
    if came is CodeRefusal.HERE_ALREADY:
        response = _page(request, found, _form(request, found, typed, anew=True), already=True)
        set_cookie(response, token)
        return response
    if isinstance(came, CodeRefusal):
        if came is CodeRefusal.UNKNOWN:
            rate_limits.codes.allows(request)
        form.add_error("code", ValidationError(sentence(came), code=came.name.lower()))
        return _page(request, found, form, status=422)
    raise_level(found, came)
    response = redirect(found)
    set_cookie(response, token)
    set_blank_cookie(response, came, found)
    return response


def sentence(refusal: CodeRefusal) -> str:
    messages = {
        CodeRefusal.MISTYPED: _(
            "That code isn’t right: a letter is wrong or missing. Your code is still good; check "
            "it against your card."
        ),
        CodeRefusal.UNKNOWN: _(
            "Your code is still good, but it is for a different conversation. Is it from another card?"
        ),
        CodeRefusal.USED: _(
            "This code has already been used. Each code works once, in one browser: carry on in "
            "the browser you started in."
        ),
        CodeRefusal.FULL: _("This invitation is full. Ask the people who sent it for another one."),
        CodeRefusal.CLOSED: _("This conversation is not open. Your code is still good."),
    }
    return messages[refusal]


def _form(request: HttpRequest, found: Conversation, code: str, *, anew: bool = False) -> WayInForm:
    token = fresh_token() if anew else token_of(request)
    return WayInForm(initial={"code": code, "ballot": way_in_ballot(found, token).sign()})


def _page(
    request: HttpRequest, found: Conversation, form: WayInForm, *, already: bool = False, status: int = 200
) -> HttpResponse:
    facts = {
        "organisation": found.organisation,
        "conversation": found,
        "is_open": found.is_open(),
        "form": form,
        "already": already,
        "fresh": form["ballot"].value() or way_in_ballot(found, token_of(request)).sign(),
    }
    return render(request, "conversations/way_in.html", facts, status=status)
