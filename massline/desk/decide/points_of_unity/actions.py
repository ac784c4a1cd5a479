"""Offering a text to other organisations, taking positions on it, rewording, endorsing and leaving it."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import Refused, refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.ballots import refusal_reasons as ballot_reasons
from massline.desk.decide.points_of_unity import refusal_reasons
from massline.desk.decide.points_of_unity.models import Party, Position, Stand, UnitySentence, UnityText
from massline.desk.decide.points_of_unity.positions import read_positions
from massline.desk.decide.points_of_unity.refusal_reasons import RewordedMeanwhile
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import scope_to_everything, widen_scope


def offer_text(*, organisation: Organisation, title: str, sentences: Sequence[str], by: Account) -> UnityText:
    """Begin a text, sentence by sentence; the host is the first party."""
    words = [sentence.strip() for sentence in sentences if sentence.strip()]
    refuse([] if title.strip() and words else [shared_refusal_reasons.NoWords("unity")])
    with transaction.atomic(using="desk"):
        text = UnityText.objects.create(
            organisation=organisation, title=title.strip(), host=organisation.name
        )
        for order, sentence in enumerate(words, 1):
            UnitySentence.objects.create(text=text, order=order, words=sentence[:400])
        Party.objects.create(
            text=text, organisation=organisation, name=organisation.name, joined_on=timezone.localdate()
        )
        chain.append_line(organisation, by, "offered points of unity", text)
    return text


def invite_party(*, text: UnityText, by: Account) -> str:
    """Return a code that one organisation of this installation can join with; the host is not told which are here."""
    code = secrets.token_urlsafe(15)
    with transaction.atomic(using="desk"):
        Party.objects.create(text=text, token_hash=_hash(code))
        chain.append_line(text.organisation, by, "invited to points of unity", text)
    return code


def join_text(*, organisation: Organisation, code: str, name: str, by: Account) -> UnityText:
    """Join a text under a name of the organisation's choice; the host learns that name and nothing else."""
    with (
        scope_to_everything("a code opens one text of another organisation"),
        transaction.atomic(using="desk"),
    ):
        party = (
            Party.objects.select_related("text")
            .filter(token_hash=_hash(code.strip()), joined_on=None)
            .first()
        )
        if party is None:
            raise Refused([refusal_reasons.NoSuchCode()])
        text = party.text
        is_taken = text.parties.filter(name__iexact=name.strip()).exists()
        is_here = text.parties.filter(organisation=organisation).exists()
        refuse([shared_refusal_reasons.ThereAlready(name)] if is_taken or is_here else [])
        party.organisation, party.name, party.token_hash = organisation, name.strip(), ""
        party.joined_on = timezone.localdate()
        party.save()
    with transaction.atomic(using="desk"):
        chain.append_line(organisation, by, "joined points of unity", "a text")
    return text


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def take_position(*, sentence: UnitySentence, party: Party, stand: str, instead: str = "") -> None:
    """Record a party's position on one sentence as it reads now; its endorsement lapses if the position is new."""
    if not party.is_here or party.organisation is None:
        raise Refused([ballot_reasons.VoteOver()])
    if Stand(stand) == Stand.AMEND and not instead.strip():
        raise Refused([shared_refusal_reasons.NoWords("instead")])
    instead = instead.strip() if stand == Stand.AMEND else ""
    with transaction.atomic(using="desk"), widen_scope([sentence.text.organisation_id], "points of unity"):
        last = Position.objects.filter(sentence=sentence, party=party).order_by("-pk").first()
        if last is not None and last.is_same(sentence.version, stand, instead):
            return
        Position.objects.create(
            sentence=sentence, party=party, version=sentence.version, stand=stand, instead=instead
        )
        Party.objects.filter(pk=party.pk).update(endorsed_on=None)


def take_positions(*, party: Party, stands: Mapping[UnitySentence, tuple[str, str]], by: Account) -> None:
    """Record positions on several sentences, all or none."""
    with transaction.atomic(using="desk"):
        for sentence, (stand, instead) in stands.items():
            take_position(sentence=sentence, party=party, stand=stand, instead=instead)
        chain.append_line(party.organisation, by, "took positions on points of unity", "a text")


def reword_sentence(*, sentence: UnitySentence, words: str, by: Account, version: int | None = None) -> None:
    """Change a sentence; every party weighs it again, and endorsements lapse.

    Raises Refused if the sentence is no longer in the `version` that the words were written for.
    """
    text = sentence.text
    refuse(
        ([ballot_reasons.VoteOver()] if text.is_copy else [])
        + ([] if words.strip() else [shared_refusal_reasons.NoWords("unity")])
        + ([] if version in {None, sentence.version} else [RewordedMeanwhile(sentence.words, words.strip())])
    )
    if words.strip() == sentence.words:
        return
    with transaction.atomic(using="desk"):
        sentence.before, sentence.words = sentence.words, words.strip()
        sentence.version += 1
        sentence.save()
        text.parties.update(endorsed_on=None)
        chain.append_line(text.organisation, by, "reworded a point of unity", sentence)


def endorse_text(*, party: Party, by: Account) -> None:
    """Endorse the widest text as it reads today. Raises Refused while no sentence is carried."""
    if not party.is_here or not read_positions(party.text).widest:
        raise Refused([refusal_reasons.NothingCarried()])
    with transaction.atomic(using="desk"):
        party.endorsed_on = timezone.localdate()
        party.save(update_fields=["endorsed_on"])


def leave_text(*, party: Party, because: str, by: Account) -> None:
    """Leave a text; the reason remains, the positions no longer count."""
    refuse([] if because.strip() else [shared_refusal_reasons.NoWords("left")])
    with transaction.atomic(using="desk"):
        party.left_on, party.left_because, party.endorsed_on = timezone.localdate(), because.strip(), None
        party.save(update_fields=["left_on", "left_because", "endorsed_on"])
