"""Demo of listening: an issue watched in the news, translations, paper sheets and an imported form."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.clock import days_ago
from massline.desk.listen.field_reports import offline_batch
from massline.desk.listen.import_export import actions as bringing
from massline.desk.listen.paper.forms import report_of_row
from massline.desk.listen.paper.models import PaperSheet
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.listen.voices import actions as listen
from massline.desk.listen.watches import actions as watching

if TYPE_CHECKING:
    from massline.demo import DemoCast

WATCH = "Heating failures in the city"
WORDS = "heating, boiler, cold flats"
# Average reports a day, from so many days ago on: quiet, the first frost, a wave that fades.
WAVE = ((120, 0.25), (40, 0.6), (16, 2.6), (6, 1.4))
PLACES = ("Riverside", "Harbour", "Mill Lane", "Station quarter", "Old town")
ANNOUNCED = ((6, "Council debates the heating fund"), (13, "Tenants' day of all quarters"))
TRANSLATIONS = (
    (
        "La caldera está rota desde septiembre y siguen cobrando.",
        "The boiler has been broken since September and they go on charging.",
    ),
    (
        "أنا لا أخاف، لكن أحتاج من يترجم لي في المكتب.",
        "I am not afraid, but I need somebody to translate for me at the office.",
    ),
)
ON_PAPER = (
    ("I work nights. Nobody has ever found me at home, so I write.", "said", 3),
    ("Who checks that the date is kept?", "question", 3),
    ("I need somebody to carry wood up to the fourth floor.", "need", 2),
)
FORM_NAME = "parents of the kindergarten.csv"
ON_A_FORM = (
    ("My boy coughs since October. The doctor asked whether we heat.", "Block C", "said"),
    ("We can cook for the night of the meeting, thirty portions.", "Block E", "offer"),
    ("Is there a room that is warm after school?", "Block B", "question"),
    ("I translate Turkish and Kurdish, any evening.", "Block D", "offer"),
)


def play_listening(cast: DemoCast) -> None:
    watch_news(cast)
    first = ListeningRound.objects.filter(organisation=cast.union).order_by("pk")[0]
    for original, english in TRANSLATIONS:
        voice = Voice.objects.of_round(first).get(text=original)
        listen.add_translation(voice=voice, language="en", text=english, by=cast.chen)
    latest = ListeningRound.objects.filter(organisation=cast.union).order_by("-pk")[0]
    enter_paper_sheets(cast, latest)
    import_form(cast, latest)


def enter_paper_sheets(cast: DemoCast, round_: ListeningRound) -> None:
    """Print two sheets and enter one of them."""
    blocks = round_.sections.filter(name__in=("Block C", "Block E")).order_by("name")
    typed, _waiting = (PaperSheet.objects.create(round=round_, section=section) for section in blocks)
    rows = [
        report_of_row(typed, number, {"text": text, "kind": kind, "mood": mood})
        for number, (text, kind, mood) in enumerate(ON_PAPER)
    ]
    arrived = offline_batch.save_batch(rows, round_=round_, by=cast.bea)
    assert not arrived.refused
    typed.entered_on = timezone.localdate()
    typed.save(update_fields=["entered_on"])


def import_form(cast: DemoCast, round_: ListeningRound) -> None:
    """Import the table of another group's own form."""
    table = "\n".join(
        ["words,section,kind", *(f'"{text}",{block},{kind}' for text, block, kind in ON_A_FORM)]
    )
    parcel = bringing.stage_import(round_=round_, sent=[(FORM_NAME, table.encode())], by=cast.bea)
    bringing.start_import(parcel=parcel, rows=len(ON_A_FORM), by=cast.bea)


def watch_news(cast: DemoCast) -> None:
    """Watch an issue with a winter of news from a table, the same in every build."""
    with days_ago(12):
        watch = watching.track_issue(organisation=cast.union, name=WATCH, words=WORDS, by=cast.bea)
        watching.import_table(watch=watch, content=_table(until=12).encode(), by=cast.bea)
    with days_ago(1):
        watching.import_table(watch=watch, content=_table(until=1).encode(), by=cast.bea)
    for ahead, title in ANNOUNCED:
        day = timezone.localdate() + timedelta(days=ahead)
        watching.record_announcement(watch=watch, day=day, title=title, by=cast.bea)


def _table(*, until: int) -> str:
    """Write the table of events up to so many days before the build."""
    chance = random.Random(7)
    today = timezone.localdate() + timedelta(days=until)
    rows = ["event_id,event_date,title,locality,first_seen_at"]
    for ago in range(WAVE[0][0], until - 1, -1):
        mean = next(mean for start, mean in reversed(WAVE) if ago <= start)
        day = today - timedelta(days=ago)
        for number in range(sum(chance.random() < mean / 4 for _one in range(4))):
            place = chance.choice(PLACES)
            title = f"Boiler out again in house {number + 1}"
            rows.append(f"{day}-{number},{day},{title},{place},{day + timedelta(days=1)}")
    return "\n".join(rows)
