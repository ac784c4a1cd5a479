"""Writing and removing a call's further languages."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from massline.desk.call.models import Call
from massline.desk.call.publication_checks import CallProblem, NotPublishable, reasons_against_publishing
from massline.desk.call.published_call import refresh_published_call
from massline.desk.call.translations.models import CallTranslation
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account
from massline.square.calls.facts import TranslationFacts


def write_translation(*, call: Call, by: Account | None, facts: TranslationFacts) -> CallTranslation:
    """Write or replace a call's version in a language. If the call is published, its page changes in the same transaction.

    Raises TooVague if the call was cancelled, or if a published call would say too little.
    """
    if call.is_off:
        raise NotPublishable([CallProblem("live", _("This call was cancelled. Write a new one."))])
    with transaction.atomic(using="desk"):
        version, _made = CallTranslation.objects.update_or_create(
            call=call,
            language=facts.language,
            defaults={**asdict(facts), "behind": False, "written_by": by},
        )
        if call.is_out:
            reasons = reasons_against_publishing(call, insist=True)
            if reasons:
                raise NotPublishable(reasons)
        _written(call, by, "wrote a call in a further language")
    return version


def remove_translation(*, version: CallTranslation, by: Account | None) -> None:
    """Remove a language from the call and everything made from it."""
    call = version.call
    with transaction.atomic(using="desk"):
        version.delete()
        _written(call, by, "took a language off a call")


def _written(call: Call, by: Account | None, verb: str) -> None:
    call.changed_by, call.seen_by = by, None
    call.save(update_fields=["changed_by", "seen_by"])
    chain.append_line(call.organisation, by, verb, call)
    if call.is_out:
        refresh_published_call(call)
