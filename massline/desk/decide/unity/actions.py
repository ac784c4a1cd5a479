"""Offering a text to other organisations, weighing it, rewording, endorsing and leaving."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import Refused, refuse
from massline.desk.decide import shared_rules as rule_wording
from massline.desk.decide.ballots import rules as rule_voting
from massline.desk.decide.unity import rules as rule_uniting
from massline.desk.decide.unity.models import Party, Position, Stand, UnitySentence, UnityText
from massline.desk.decide.unity.positions import standing
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import everything, wider_scope


def offer_text(*, organisation: Organisation, title: str, sentences: Sequence[str], by: Account) -> UnityText:
    """Begin a text, sentence by sentence; the host is the first party."""
    words = [one.strip() for one in sentences if one.strip()]
    refuse([] if title.strip() and words else [rule_wording.NoWords("unity")])
    with transaction.atomic(using="desk"):
        text = UnityText.objects.create(
            organisation=organisation, title=title.strip(), host=organisation.name
        )
        for order, said in enumerate(words, 1):
            UnitySentence.objects.create(text=text, order=order, words=said[:400])
        Party.objects.create(
            text=text, organisation=organisation, name=organisation.name, joined_on=timezone.localdate()
        )
        chain.write(organisation, by, "offered points of unity", text)
    return text


def invite_party(*, text: UnityText, by: Account) -> str:
    """Give a code for one organisation of this installation; we do not learn which are here."""
    code = secrets.token_urlsafe(15)
    with transaction.atomic(using="desk"):
        Party.objects.create(text=text, token_hash=_hash(code))
        chain.write(text.organisation, by, "invited to points of unity", text)
    return code


def join(*, organisation: Organisation, code: str, name: str, by: Account) -> UnityText:
    """Take a place under a name of our choice; the host learns that name and nothing else."""
    with everything("a code opens one text of another organisation"), transaction.atomic(using="desk"):
        party = (
            Party.objects.select_related("text")
            .filter(token_hash=_hash(code.strip()), joined_on=None)
            .first()
        )
        if party is None:
            raise Refused([rule_uniting.NoSuchCode()])
        text = party.text
        taken = text.parties.filter(name__iexact=name.strip()).exists()
        here = text.parties.filter(organisation=organisation).exists()
        refuse([rule_wording.ThereAlready(name)] if taken or here else [])
        party.organisation, party.name, party.token_hash = organisation, name.strip(), ""
        party.joined_on = timezone.localdate()
        party.save()
    with transaction.atomic(using="desk"):
        chain.write(organisation, by, "joined points of unity", "a text")
    return text


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def take_position(*, sentence: UnitySentence, party: Party, stand: str, instead: str = "") -> None:
    """Say how our organisation stands to one sentence as it reads now."""
    if not party.is_here or party.organisation is None:
        raise Refused([rule_voting.VoteOver()])
    if Stand(stand) == Stand.AMEND and not instead.strip():
        raise Refused([rule_wording.NoWords("instead")])
    told = {
        "version": sentence.version,
        "stand": stand,
        "instead": instead.strip() if stand == Stand.AMEND else "",
    }
    with transaction.atomic(using="desk"), wider_scope([sentence.text.organisation_id], "points of unity"):
        last = Position.objects.filter(sentence=sentence, party=party).order_by("-pk").first()
        if last is not None and (last.version, last.stand, last.instead) == tuple(told.values()):
            return
        Position.objects.create(sentence=sentence, party=party, **told)
        Party.objects.filter(pk=party.pk).update(endorsed_on=None)


def take_positions(*, party: Party, stands: Mapping[UnitySentence, tuple[str, str]], by: Account) -> None:
    """Take a position on several sentences, all or none."""
    with transaction.atomic(using="desk"):
        for sentence, (stand, instead) in stands.items():
            take_position(sentence=sentence, party=party, stand=stand, instead=instead)
        chain.write(party.organisation, by, "took positions on points of unity", "a text")


def reword(*, sentence: UnitySentence, words: str, by: Account) -> None:
    """Change a sentence; who had weighed it weighs it again, and endorsements lapse."""
    text = sentence.text
    refuse(
        ([rule_voting.VoteOver()] if text.is_copy else [])
        + ([] if words.strip() else [rule_wording.NoWords("unity")])
    )
    if words.strip() == sentence.words:
        return
    with transaction.atomic(using="desk"):
        sentence.before, sentence.words = sentence.words, words.strip()
        sentence.version += 1
        sentence.save()
        text.parties.update(endorsed_on=None)
        chain.write(text.organisation, by, "reworded a point of unity", sentence)


def endorse(*, party: Party, by: Account) -> None:
    """Stand behind the widest text as it reads today."""
    found = standing(party.text)
    if not party.is_here or not found.widest:
        raise Refused([rule_uniting.NothingCarried()])
    with transaction.atomic(using="desk"):
        party.endorsed_on = timezone.localdate()
        party.save(update_fields=["endorsed_on"])


def leave(*, party: Party, because: str, by: Account) -> None:
    """Go out; the reason stays, the positions count no longer."""
    refuse([] if because.strip() else [rule_wording.NoWords("left")])
    with transaction.atomic(using="desk"):
        party.left_on, party.left_because, party.endorsed_on = timezone.localdate(), because.strip(), None
        party.save(update_fields=["left_on", "left_because", "endorsed_on"])
