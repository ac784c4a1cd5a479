"""Check by a person that published quotes identify nobody."""

from collections.abc import Sequence

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import Voice, digest_of_voice
from massline.desk.people.models import Account
from massline.desk.sumup.claims.actions import lock_for_editing
from massline.desk.sumup.claims.models import Citation, SumUp, SumUpState
from massline.desk.sumup.masking import personal_data
from massline.desk.sumup.masking.models import Masking


def confirm_masking(
    *, sum_up: SumUp, voice: Voice, spans: Sequence[personal_data.Span], by: Account
) -> Masking:
    """Save which spans of a voice are masked before it is published; there may be none.

    Quotes in unpublished sum-ups are updated at once. If a quote changes, the signature is removed, since the
    signer had read other words.
    """
    with transaction.atomic(using="desk"):
        frozen = personal_data.save_masking(voice, spans, by=by)
        quoted = Citation.objects.filter(voice=voice).exclude(claim__sum_up__state=SumUpState.PUBLISHED)
        changed = quoted.exclude(text=frozen.text).values("claim__sum_up")
        for written in SumUp.objects.filter(pk__in=changed).select_related("round__organisation"):
            lock_for_editing(written, by)
        quoted.update(masking=frozen, text=frozen.text, digest=digest_of_voice(frozen.text))
        chain.append_line(sum_up.round.organisation, by, "looked at a quote", voice)
    return frozen
