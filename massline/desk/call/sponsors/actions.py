"""Calling together. An organisation of this installation agrees itself; for others we keep the name they gave us."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.call.models import Call
from massline.desk.call.sponsors.models import CoSponsor
from massline.desk.call.square_facts import sponsor_facts
from massline.desk.call.vagueness import TooVague, Vague
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import everything
from massline.square.calls import actions as square


def name_sponsor(*, call: Call, name: str, by: Account | None) -> CoSponsor:
    """Name an organisation that is not here; somebody asked it, and it said yes."""
    with transaction.atomic(using="desk"):
        sponsor = CoSponsor.objects.create(call=call, name=name.strip(), agreed_on=timezone.localdate())
        chain.write(call.organisation, by, "named who calls with us", call)
        _show(call)
    return sponsor


def ask_sponsor(*, call: Call, name: str, by: Account | None) -> tuple[CoSponsor, str]:
    """Give a code to hand to an organisation of this installation. We do not learn which are here."""
    code = secrets.token_urlsafe(12)
    with transaction.atomic(using="desk"):
        sponsor = CoSponsor.objects.create(call=call, name=name.strip(), token_hash=_hash(code))
        chain.write(call.organisation, by, "asked somebody to call with us", call)
    return sponsor, code


def call_behind(code: str) -> CoSponsor | None:
    """Give what a code asks, so that it can be read before anybody agrees."""
    with everything("a code opens one call of another organisation"):
        waiting = CoSponsor.objects.filter(token_hash=_hash(code), agreed_on=None)
        return waiting.select_related("call__organisation", "call__decision").first()


def stand_with(*, organisation: Organisation, code: str, name: str, by: Account) -> CoSponsor:
    """Agree to call with another organisation, under a name of our choice. Raises TooVague where the code is none."""
    with everything("a code opens one call of another organisation"), transaction.atomic(using="desk"):
        sponsor = call_behind(code)
        own = sponsor is not None and sponsor.call.organisation == organisation
        if sponsor is None or own or not name.strip():
            raise TooVague([Vague("code", _("This code asks nothing of anybody. Ask for a new one."))])
        sponsor.organisation, sponsor.name = organisation, name.strip()
        sponsor.token_hash, sponsor.agreed_on = "", timezone.localdate()
        sponsor.save()
        chain.write(organisation, by, "agreed to call with others", "a call")
        _show(sponsor.call)
    return sponsor


def standing_with(organisation: Organisation) -> list[CoSponsor]:
    """The calls of others that we stand with."""
    with everything("an organisation sees which calls it stands with"):
        found = CoSponsor.objects.filter(organisation=organisation).exclude(agreed_on=None)
        return list(found.select_related("call__organisation").order_by("-agreed_on", "-pk"))


def step_back(*, organisation: Organisation, pk: int, by: Account) -> bool:
    """Stand with a call no longer; the other side keeps no name of ours. False where we did not stand with it."""
    with everything("an organisation takes its own name back"), transaction.atomic(using="desk"):
        sponsor = CoSponsor.objects.filter(organisation=organisation, pk=pk).first()
        if sponsor is None:
            return False
        call = sponsor.call
        sponsor.delete()
        chain.write(organisation, by, "no longer calls with others", "a call")
        _show(call)
    return True


def drop_sponsor(*, sponsor: CoSponsor, by: Account | None) -> None:
    """Take a name off our call, or a question back that was not answered."""
    call = sponsor.call
    with transaction.atomic(using="desk"):
        sponsor.delete()
        chain.write(call.organisation, by, "took a name off a call", call)
        _show(call)


def _show(call: Call) -> None:
    if call.is_out:
        square.set_sponsors(uuid=call.uuid, sponsors=sponsor_facts(call))


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()
