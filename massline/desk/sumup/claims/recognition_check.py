"""Making sure that no published quote points at somebody: a person looks at each, and takes out what has to go."""

from collections.abc import Sequence

from django.db import transaction

from massline.desk.guard.audit import chain
from massline.desk.listen.rounds.models import Voice, digest_of
from massline.desk.people.models import Account
from massline.desk.sumup.claims.actions import take_in_hand
from massline.desk.sumup.claims.models import Citation, SumUp, SumUpState
from massline.desk.sumup.masking import personal_data
from massline.desk.sumup.masking.models import Masking


def confirm(*, sum_up: SumUp, voice: Voice, spans: Sequence[personal_data.Span], by: Account) -> Masking:
    """Say which stretches of a voice have to go before it is quoted in the open; none is an answer too.

    Quotes that stand in sum-ups not yet published follow at once. Where that changes a quote, the signature goes:
    whoever signed had read other words.
    """
    with transaction.atomic(using="desk"):
        frozen = personal_data.freeze(voice, spans, by=by)
        quoted = Citation.objects.filter(voice=voice).exclude(claim__sum_up__state=SumUpState.PUBLISHED)
        changed = quoted.exclude(text=frozen.text).values("claim__sum_up")
        for written in SumUp.objects.filter(pk__in=changed).select_related("round__organisation"):
            take_in_hand(written, by)
        quoted.update(masking=frozen, text=frozen.text, digest=digest_of(frozen.text))
        chain.write(sum_up.round.organisation, by, "looked at a quote", voice)
    return frozen
