"""The calling hour: one's own share of a phone list, one person at a time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from massline.core.refusal import Refused
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.phone_lists import actions, call_outcomes, caller_shares, refusal_reasons
from massline.desk.act.phone_lists.actions import PersonToPhone
from massline.desk.act.phone_lists.forms import OutcomeForm
from massline.desk.act.phone_lists.models import ListEntry, Outcome, PhoneList
from massline.desk.act.phone_lists.phone_script import build_phone_script
from massline.desk.act.phone_lists.views import access_list
from massline.desk.contacts.decrypted_contacts import redirect_to_unlock
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys import unlock
from massline.desk.guard.keys.forms import UnlockForm
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.models import Contact
from massline.square.reports.answers_at_hand import answers_at_hand
from massline.web.rate_limits import TooManyTries
from massline.web.refusal_messages import form_errors


def my_share(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Open one's own share one person at a time; a POST keeps what came of it and opens the next."""
    phone_list = access_list(request, org, pk, need=Role.HOLDER)
    here = reverse("lists:mine", args=[org, pk])
    vault = unlock.open_vault(request, phone_list.organisation)
    if request.method == "POST":
        form = OutcomeForm(request.POST, event=phone_list.event)
        return _record(request, phone_list, form, vault)
    if phone_list.event.is_over:
        return _show(request, phone_list, None, OutcomeForm(event=phone_list.event))
    if vault is None:
        return redirect_to_unlock(request, org, here)
    given = request.GET.get("after", "")
    after = int(given) if given.isdecimal() and len(given) < 16 else 0
    waits = actions.must_wait_for_morning(phone_list)
    person = (
        None
        if waits
        else actions.open_next_person(phone_list, account=request.user, vault=vault, after=after)
    )
    return _show(request, phone_list, person, OutcomeForm(event=phone_list.event), waits=waits)


def _record(
    request: DeskRequest, phone_list: PhoneList, form: OutcomeForm, vault: Vault | None
) -> HttpResponse:
    """Keep what came of a call. Where names were locked meanwhile, one passphrase opens them and saves what was typed."""
    cookie = None
    if vault is None:
        asked = UnlockForm(request.POST if "passphrase" in request.POST else None)
        cookie = _unlock(request, phone_list, asked)
        if cookie is None:
            kept = [(name, value) for name, value in request.POST.items() if name in form.fields]
            page = {"list": phone_list, "form": asked, "kept": kept}
            must_wait = asked.has_error("passphrase", code="too-many-tries")
            return render(request, "phone_lists/locked.html", page, status=429 if must_wait else 422)
        vault = unlock.open_by_passphrase(
            request.user, phone_list.organisation, asked.cleaned_data["passphrase"]
        )
    assert vault is not None
    response = _keep(request, phone_list, form, vault)
    if cookie is not None:
        unlock.set_cookie(response, phone_list.organisation, cookie)
    return response


def _keep(request: DeskRequest, phone_list: PhoneList, form: OutcomeForm, vault: Vault) -> HttpResponse:
    """Keep what came of a call, whoever has the entry by now; where it is not kept, show again what was typed."""
    listed = ListEntry.objects.filter(phone_list=phone_list)
    rows = listed.select_related("phone_list__organisation", "phone_list__event", "contact__organisation")
    number = request.POST.get("entry", "")
    entry = get_object_or_404(rows, pk=number if number.isdecimal() and len(number) < 16 else 0)
    if not form.is_valid():
        return _show(request, phone_list, _reopen(entry, request, vault), form, status=422)
    own, chosen = form.cleaned_data["next_what"].strip(), form.chosen
    try:
        call_outcomes.record_outcome(
            entry=entry,
            outcome=form.cleaned_data["outcome"],
            vault=vault,
            by=request.user,
            next_what=own or (chosen.what if chosen else ""),
            next_on=chosen.due_on if chosen else None,
            said=form.cleaned_data["said"],
        )
    except Refused as refused:
        form.add_error(None, form_errors(refused))
        return _show(request, phone_list, _reopen(entry, request, vault), form, status=422)
    if form.cleaned_data["outcome"] == Outcome.COMING and call_outcomes.waits_for_place(entry):
        messages.warning(
            request, _("On the waiting list: every place is taken."), extra_tags="waits-for-place"
        )
    return redirect("lists:mine", phone_list.organisation.slug, phone_list.pk)


def _reopen(entry: ListEntry, request: DeskRequest, vault: Vault) -> PersonToPhone:
    """The person of an entry again, without name and number where the entry is another's by now."""
    is_mine = entry.owner_id == request.user.pk
    return actions.reopen_entry(entry, vault) if is_mine else PersonToPhone(entry, "", "")


def _unlock(request: DeskRequest, phone_list: PhoneList, asked: UnlockForm) -> str | None:
    """Open the names by the passphrase that came with the form; None where none came, a wrong one, or too many."""
    if not asked.is_bound or not asked.is_valid():
        return None
    passphrase = asked.cleaned_data["passphrase"]
    try:
        cookie = unlock.unlock_vault(
            account=request.user, organisation=phone_list.organisation, passphrase=passphrase
        )
    except TooManyTries as refused:
        minutes = refused.wait.minutes
        sentence = ngettext(
            "Your answer is still here. There were too many tries: wait %(minutes)d minute, then type the passphrase again.",
            "Your answer is still here. There were too many tries: wait %(minutes)d minutes, then type the passphrase again.",
            minutes,
        )
        asked.add_error("passphrase", ValidationError(sentence % {"minutes": minutes}, code="too-many-tries"))
        return None
    if cookie is None:
        sentence = _(
            "Your answer is still here. That passphrase doesn’t unlock these names. Please try again."
        )
        asked.add_error("passphrase", ValidationError(sentence, code="wrong-passphrase"))
    return cookie


def _show(
    request: DeskRequest,
    phone_list: PhoneList,
    person: PersonToPhone | None,
    form: OutcomeForm,
    *,
    waits: bool = False,
    status: int = 200,
) -> HttpResponse:
    shares = caller_shares.list_caller_shares(phone_list)
    free = caller_shares.entries_to_take_over(phone_list, account=request.user)
    my_part = next((share for share in shares if share.account == request.user), None)
    page = {
        "list": phone_list,
        "waits": waits,
        "over": refusal_reasons.EventIsOver() if phone_list.event.is_over else None,
        "person": person,
        "known": person and person.name and _what_we_know(person.entry.contact),
        "form": form,
        "answers_to_choose": [outcome for outcome in Outcome if outcome != Outcome.NO_MORE],
        "shares": shares,
        "mine": my_part,
        "left_with_others": sum(len(pks) for pks in free.values()),
        "coming": phone_list.entries.filter(outcome=Outcome.COMING).count(),
        "question": call_outcomes.find_open_round(phone_list.organisation),
        "answers": answers_at_hand(organisation=phone_list.organisation.uuid, event=phone_list.event.uuid),
        "script": person
        and person.name
        and not form.non_field_errors()
        and build_phone_script(
            phone_list,
            name=person.name,
            point=person.point,
            language=person.entry.contact.language,
            caller=request.user.name,
        ),
    }
    return render(request, "phone_lists/mine.html", page, status=status)


def _what_we_know(contact: Contact) -> dict[str, object]:
    """Section, last event and open next step of a contact, so that a caller begins where the others left off."""
    came = Attendance.objects.filter(contact=contact, presence=Presence.CAME).select_related("event")
    wish = getattr(contact, "subscription", None)
    return {
        "section": wish and wish.section,
        "event": (latest := came.order_by("-event__starts_at").first()) and latest.event,
        "step": contact.next_steps.open().exclude(due_on=None).order_by("due_on").first(),
    }


@require_POST
def take_over(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    """Take over a few people of whoever has most left to call."""
    phone_list = access_list(request, org, pk, need=Role.HOLDER)
    caller_shares.take_over_entries(phone_list, account=request.user)
    return redirect("lists:mine", org, pk)
