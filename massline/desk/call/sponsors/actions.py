"""Co-sponsoring a call. An organisation of this installation agrees itself; for others we keep the name they gave us."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.call.models import Call
from massline.desk.call.publication_checks import CallProblem, NotPublishable
from massline.desk.call.published_facts import sponsor_facts
from massline.desk.call.sponsor_names import looks_like_own_name, looks_like_public_organisation
from massline.desk.call.sponsors.models import CoSponsor
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import scope_to_everything
from massline.square.calls import actions as square


def add_named_sponsor(*, call: Call, name: str, by: Account | None) -> CoSponsor:
    """Add an organisation outside this installation that was asked and agreed.

    Raises NotPublishable if it could be taken for us, or for an organisation of this site, which agrees by a code.
    """
    if looks_like_own_name(name, call.organisation):
        raise NotPublishable(
            [CallProblem("own-name", _("That is your own name. It is on the call already."))]
        )
    if looks_like_public_organisation(name, ours=call.organisation):
        sentence = _(
            "An organisation of this site has this name, or one that looks like it. Make a code for them, so that they agree themselves."
        )
        raise NotPublishable([CallProblem("uses-this-site", sentence)])
    with transaction.atomic(using="desk"):
        sponsor = CoSponsor.objects.create(call=call, name=name.strip(), agreed_on=timezone.localdate())
        chain.append_line(call.organisation, by, "named who calls with us", call)
        _refresh_sponsors(call)
    return sponsor


def invite_sponsor(*, call: Call, name: str, by: Account | None) -> tuple[CoSponsor, str]:
    """Invite an organisation of this installation by a code to hand over. We do not learn which organisations it has."""
    code = secrets.token_urlsafe(12)
    with transaction.atomic(using="desk"):
        sponsor = CoSponsor.objects.create(call=call, name=name.strip(), token_hash=_hash(code))
        chain.append_line(call.organisation, by, "asked somebody to call with us", call)
    return sponsor, code


def pending_co_sponsor_for_code(code: str) -> CoSponsor | None:
    """The pending co-sponsorship for a code, so that the call can be read before agreeing."""
    with scope_to_everything("a code opens one call of another organisation"):
        waiting = CoSponsor.objects.filter(token_hash=_hash(code), agreed_on=None)
        return waiting.select_related("call__organisation", "call__decision").first()


def agree_to_cosponsor(*, organisation: Organisation, code: str, name: str, by: Account) -> CoSponsor:
    """Agree to co-sponsor another organisation's call, under a name of our choice.

    Raises NotPublishable if the code is not valid, or the name could be taken for that of another organisation.
    """
    with (
        scope_to_everything("a code opens one call of another organisation"),
        transaction.atomic(using="desk"),
    ):
        sponsor = pending_co_sponsor_for_code(code)
        own = sponsor is not None and sponsor.call.organisation == organisation
        if sponsor is None or own or not name.strip():
            raise NotPublishable([CallProblem("code", _("This code doesn’t work. Ask for a new one."))])
        if looks_like_public_organisation(name, ours=organisation):
            sentence = _(
                "Another organisation of this site has this name, or one that looks like it. Use your own."
            )
            raise NotPublishable([CallProblem("name-of-another", sentence)])
        sponsor.organisation, sponsor.name = organisation, name.strip()
        sponsor.token_hash, sponsor.agreed_on = "", timezone.localdate()
        sponsor.save()
        chain.append_line(organisation, by, "agreed to call with others", "a call")
        _refresh_sponsors(sponsor.call)
    return sponsor


def list_cosponsorships(organisation: Organisation) -> list[CoSponsor]:
    """Our co-sponsorships of other organisations' calls, the latest first."""
    with scope_to_everything("an organisation sees which calls it stands with"):
        sponsors = CoSponsor.objects.filter(organisation=organisation).exclude(agreed_on=None)
        return list(sponsors.select_related("call__organisation").order_by("-agreed_on", "-pk"))


def withdraw_cosponsorship(*, organisation: Organisation, pk: int, by: Account) -> bool:
    """End our co-sponsorship; our name is deleted on the other side. Returns False if there was none."""
    with scope_to_everything("an organisation takes its own name back"), transaction.atomic(using="desk"):
        sponsor = CoSponsor.objects.filter(organisation=organisation, pk=pk).first()
        if sponsor is None:
            return False
        call = sponsor.call
        sponsor.delete()
        chain.append_line(organisation, by, "no longer calls with others", "a call")
        _refresh_sponsors(call)
    return True


def remove_sponsor(*, sponsor: CoSponsor, by: Account | None) -> None:
    """Remove a co-sponsor or an unanswered invitation from our call."""
    call = sponsor.call
    with transaction.atomic(using="desk"):
        sponsor.delete()
        chain.append_line(call.organisation, by, "took a name off a call", call)
        _refresh_sponsors(call)


def _refresh_sponsors(call: Call) -> None:
    if call.is_out:
        square.set_sponsors(uuid=call.uuid, sponsors=sponsor_facts(call))


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()
