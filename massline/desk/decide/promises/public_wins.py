"""Promises and outcomes on the public page “What we won”, and as sentences that a call quotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from massline.desk.decide.promises.models import DemandOutcome, Promise, PromiseState
from massline.desk.decide.published_report_parts import format_day_with_year
from massline.desk.people.models import Organisation
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports import wins_and_promises
from massline.square.reports.wins_and_promises import OutcomeFacts, PublicState

QUOTED = 6


def publish_promise(promise: Promise) -> None:
    """Bring the public page up to date; a promise that is not public is taken off it."""
    settled = promise.steps.exclude(state=PromiseState.OPEN).order_by("-day", "-pk").first()
    facts = OutcomeFacts(
        state=PublicState(promise.state),
        text=promise.what,
        who=promise.force.name,
        due_on=promise.due_on,
        day=settled.day if settled else promise.made_on,
        proof=settled.proof if settled else promise.proof,
    )
    _show(promise.organisation, promise.uuid, facts, is_public=promise.is_public)


def publish_demand_outcome(outcome: DemandOutcome) -> None:
    facts = OutcomeFacts(
        state=PublicState(outcome.state),
        text=outcome.demand.text,
        words=outcome.words,
        day=outcome.day,
        proof=outcome.proof,
    )
    _show(outcome.demand.organisation, outcome.uuid, facts, is_public=outcome.is_public)


def _show(organisation: Organisation, uuid: UUID, facts: OutcomeFacts, *, is_public: bool) -> None:
    face = PublicOrganisation.objects.filter(uuid=organisation.uuid).first()
    if face is not None:
        wins_and_promises.publish_outcome(organisation=face, uuid=uuid, facts=facts if is_public else None)


@dataclass(frozen=True)
class QuotableWin:
    """A win that a call can quote: its name in the form, and the sentence."""

    key: str
    sentence: str


def list_wins(organisation: Organisation) -> list[QuotableWin]:
    """The newest public wins and kept promises as sentences in the language that is active."""
    won = DemandOutcome.objects.filter(demand__organisation=organisation, is_public=True)
    kept = Promise.objects.filter(organisation=organisation, is_public=True, state=PromiseState.KEPT)
    rows = [
        (outcome.day, str(outcome.uuid), _won(outcome))
        for outcome in won.select_related("demand")
        if outcome.is_win
    ] + [
        (steps[-1].day, str(promise.uuid), _kept(promise))
        for promise in kept.select_related("force").prefetch_related("steps")
        if (steps := list(promise.steps.all()))
    ]
    return [QuotableWin(key, sentence) for _day, key, sentence in sorted(rows, reverse=True)[:QUOTED]]


def _won(outcome: DemandOutcome) -> str:
    return _("Won on %(day)s: %(words)s") % {"day": format_day_with_year(outcome.day), "words": outcome.words}


def _kept(promise: Promise) -> str:
    return _("Promised by %(who)s and kept: %(what)s") % {"who": promise.force.name, "what": promise.what}


def quote_wins(organisation: Organisation, keys: Iterable[str]) -> str:
    """The sentences of the wins with these keys, one a line."""
    wanted = set(keys)
    return "\n".join(win.sentence for win in list_wins(organisation) if win.key in wanted)
