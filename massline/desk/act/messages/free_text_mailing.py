"""Own words to everybody who signed up for an event, sealed sign-ups included: the worker writes, nobody opens a name."""

from django.db import transaction
from django.db.models import Max

from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Mailing, Occasion
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account
from massline.jobs.models import enqueue

SEND_WORDS = "act.send_words"
MOST_LETTERS = 240


def send_free_text(*, event: Event, words: str, by: Account) -> Mailing:
    """Begin a mailing with these words. Each address gets it once, and one message a day at most that it did not ask for."""
    with transaction.atomic(using="desk"):
        earlier = Mailing.objects.filter(event=event, occasion=Occasion.WORDS)
        last: int | None = earlier.aggregate(last=Max("sequence"))["last"]
        mailing = Mailing.objects.create(
            event=event, occasion=Occasion.WORDS, sequence=(last or 0) + 1, reason=words.strip()
        )
        chain.append_line(event.organisation, by, "wrote to everybody who signed up", event)
        enqueue(SEND_WORDS, using="desk", key=f"{SEND_WORDS} {mailing.pk}", mailing=mailing.pk)
    return mailing
