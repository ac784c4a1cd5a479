"""Writing, reviewing, publishing, changing and cancelling a call."""

from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import refuse
from massline.desk.call.call_draft import CallDraft
from massline.desk.call.call_settings.models import CallSetting
from massline.desk.call.models import Call, CallState
from massline.desk.call.publication_checks import CallProblem, NotPublishable, reasons_against_publishing
from massline.desk.call.published_call import find_report_back, refresh_published_call
from massline.desk.call.published_facts import call_facts, event_facts, sponsor_facts, translation_facts
from massline.desk.call.refusal_reasons import DecisionWaits
from massline.desk.call.signals import call_cancelled, call_changed, call_published
from massline.desk.decide.decisions.models import Decision
from massline.desk.guard.audit import chain
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.guard.second_person.refusal_reasons import NoLongerMember
from massline.desk.people.models import Account, Organisation
from massline.square.calls import actions as square
from massline.square.calls.facts import TranslationFacts, names_of, set_facts
from massline.square.calls.models import PublishedCall
from massline.square.organisations.models import PublicOrganisation
from massline.web.refusal_messages import name_of_reason


def compose_call(*, decision: Decision, by: Account | None, facts: CallDraft) -> Call:
    """Write a call from a decision. A draft may leave anything open. Raises Refused while the decision waits."""
    refuse([DecisionWaits()] if decision.is_waiting else [])
    organisation = decision.organisation
    facts = replace(
        facts,
        language=facts.language or organisation.language,
        called_by=facts.called_by or organisation.name,
    )
    with transaction.atomic(using="desk"):
        call = Call.objects.create(
            organisation=organisation, decision=decision, made_by=by, changed_by=by, **asdict(facts)
        )
        chain.append_line(organisation, by, "wrote a call", call)
    return call


def review_call(*, call: Call, by: Account) -> Call:
    """Approve a draft that somebody else wrote.

    Raises TooVague if the same person wrote it, or somebody who does not count as another person; a later change
    needs another approval.
    """
    if not call.is_draft or by in {call.made_by, call.changed_by}:
        raise NotPublishable([CallProblem("eyes", _("Somebody who did not write it must read it."))])
    circles = InvitationCircles.of(call.organisation)
    for writer in {call.made_by, call.changed_by} - {None}:
        reason = circles.reason_against(writer, by) if writer else None
        if reason is not None and not isinstance(reason, NoLongerMember):
            raise NotPublishable([CallProblem(name_of_reason(reason), str(reason))])
    with transaction.atomic(using="desk"):
        call.seen_by = by
        call.save(update_fields=["seen_by"])
        chain.append_line(call.organisation, by, "looked a call over", call)
    return call


def needs_second_reader(call: Call) -> bool:
    """Return True if a second person has to read the draft before it is published."""
    return call.is_draft and call.seen_by_id is None and CallSetting.of(call.organisation).second_eyes


def publish_call(*, call: Call, by: Account | None, insist: bool = False) -> PublishedCall:
    """Publish a call on the square and create its event. Repeating it changes nothing.

    Raises TooVague with its reasons if the call does not say enough yet. `insist` overrides the checks of wording.
    """
    face = PublicOrganisation.objects.filter(uuid=call.organisation.uuid).first()
    published = PublishedCall.objects.filter(uuid=call.uuid).first()
    if published is not None and call.state != CallState.DRAFT:
        return published
    reasons = reasons_against_publishing(call, insist=insist)
    if needs_second_reader(call):
        reasons.append(CallProblem("eyes", _("A second person must read it before it is published.")))
    if face is None:
        reasons.append(CallProblem("square", _("This organisation has no public page.")))
    if reasons or face is None:
        raise NotPublishable(reasons)
    with transaction.atomic(using="desk"):
        call.state = CallState.LIVE
        call.changed_at = timezone.now()
        call.save(update_fields=["state", "changed_at"])
        chain.append_line(call.organisation, by, "published a call", call)
        call_published.send(Call, call=call, by=by)
        return square.publish_call(
            organisation=face,
            uuid=call.uuid,
            event=event_facts(call),
            call=call_facts(call),
            report=find_report_back(call, face),
            translations=translation_facts(call),
            sponsors=sponsor_facts(call),
        )


def change_call(*, call: Call, by: Account | None, facts: CallDraft) -> Call:
    """Change the facts of a call. If it is published, square and event change in the same transaction.

    Raises TooVague if a published call would become vague; nothing is changed then.
    """
    if call.state == CallState.CANCELLED:
        raise NotPublishable([CallProblem("live", _("This call was cancelled. Write a new one."))])
    before = call.facts
    changed = {name for name, value in asdict(facts).items() if getattr(before, name) != value}
    if not changed:
        return call
    set_facts(call, facts)
    # A correction of hour or place may not be held up by a rule of thumb about words that are out already.
    reasons = reasons_against_publishing(call, insist=True) if call.is_out else []
    if reasons:
        set_facts(call, before)
        raise NotPublishable(reasons)
    with transaction.atomic(using="desk"):
        if call.is_out:
            call.state = CallState.CHANGED
        call.changed_at = timezone.now()
        call.changed_by, call.seen_by = by, None
        call.save()
        _mark_versions_outdated(call, changed)
        chain.append_line(call.organisation, by, "changed a call", call)
        if call.is_out:
            call_changed.send(Call, call=call, by=by, before=before)
            refresh_published_call(call)
    return call


def save_call_settings(
    *, organisation: Organisation, second_eyes: bool, legal_number: str, rights: str, by: Account | None
) -> CallSetting:
    """Save whether a second person reads calls first, and the texts of wallet cards."""
    settings = {"second_eyes": second_eyes, "legal_number": legal_number.strip(), "rights": rights.strip()}
    with transaction.atomic(using="desk"):
        setting, _made = CallSetting.objects.update_or_create(organisation=organisation, defaults=settings)
        chain.append_line(organisation, by, "changed how calls are made", "the call room")
    return setting


def _mark_versions_outdated(call: Call, changed: set[str]) -> None:
    """Mark the versions as outdated; one whose place is no longer true falls back to the original's place."""
    if changed & set(names_of(TranslationFacts)) - {"language"}:
        call.translations.update(behind=True)
    if "place" in changed:
        call.translations.update(place="")
    call.translations.filter(language=call.language).delete()


def cancel_call(*, call: Call, by: Account | None, reason: str) -> Call:
    """Cancel a call. A published call's page stays and says so."""
    if call.state == CallState.CANCELLED:
        return call
    with transaction.atomic(using="desk"):
        was_out = call.is_out
        call.state = CallState.CANCELLED
        call.changed_at = timezone.now()
        call.save(update_fields=["state", "changed_at"])
        chain.append_line(call.organisation, by, "called a call off", call)
        if was_out:
            call_cancelled.send(Call, call=call, by=by, reason=reason)
            square.cancel_event(uuid=call.uuid, reason=reason)
    return call
