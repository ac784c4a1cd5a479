"""The frame around every page of the desk: the loop as six stations, the next mass meeting, the state of the names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.act.events.models import Event
from massline.desk.act.events.next_mass_meeting import next_mass_meeting
from massline.desk.call.models import Call, CallState
from massline.desk.decide.decisions.models import Decision
from massline.desk.guard.access import DeskRequest
from massline.desk.guard.keys.contact_storage_conditions import key_state
from massline.desk.guard.keys.unlock import is_unlocked
from massline.desk.home.loop_trace import STAGES, reached_stage
from massline.desk.home.room_pages import RoomPage, list_room_pages
from massline.desk.learn.lessons.models import Lesson
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.choices import Role
from massline.desk.people.models import Organisation
from massline.desk.people.prepared_query import PreparedQuery
from massline.desk.sumup.claims.models import Claim, SumUp, SumUpState

# The page on which each room of the desk opens.
FRONT_PAGES = {
    "today": "home:today",
    "listen": "listen:rounds",
    "sumup": "sumup:sum_ups",
    "decide": "decide:decide",
    "call": "call:calls",
    "act": "act:events",
    "learn": "learn:reviews",
    "people": "people:people",
    "guard": "guard:guard",
}
# Apps whose pages hang in another room.
ROOM_OF_APP = {
    "home": "today",
    "meeting": "act",
    "lists": "act",
    "announcements": "act",
    "programmes": "act",
    "structure": "act",
    "legal": "act",
    "keys": "guard",
}
# What is read of the newest round.
NEWEST_ROUND = (
    "opens_on",
    "closes_on",
    "has_sum_up",
    "is_summed_up",
    "is_called",
    "is_acted",
    "voices_heard",
    "claims_made",
    "decided",
    "called",
    "acted",
    "learned",
)


@dataclass(frozen=True)
class Station:
    """A stage of the loop in the mast: `state` is done, here or ahead; `is_open` if the page is in its room."""

    stage: str
    name: str
    state: str
    caption: str
    url: str
    is_open: bool


@dataclass(frozen=True)
class DeskFrame:
    """What stands around the page. `names` is open or closed for key-holders, empty for everybody else.

    `key` is waiting or at-risk, to organisers, where the key could be lost; else safe.
    """

    organisation: Organisation
    room: str
    room_name: str
    front: str
    is_front: bool
    stations: list[Station]
    meeting: Event | None
    names: str
    key: str
    shelf: list[RoomPage]

    @property
    def is_in_loop(self) -> bool:
        return self.room in STAGES


def build_frame(request: DeskRequest) -> DeskFrame:
    """Frame a page of an organisation, in two queries, and one more each for an organiser and for a key-holder whose vault may be open."""
    organisation = request.organisation
    room = _room(request.resolver_match)
    front = reverse(FRONT_PAGES[room], args=[organisation.slug])
    return DeskFrame(
        organisation=organisation,
        room=room,
        room_name=room_names()[room],
        front=front,
        is_front=request.path == front,
        stations=list_stage_progress(organisation, room),
        meeting=next_mass_meeting(organisation),
        names=_names(request),
        key=key_state(organisation) if request.role >= Role.ORGANISER else "safe",
        shelf=list_room_pages(room, organisation=organisation.slug, role=request.role, path=request.path),
    )


def room_names() -> dict[str, str]:
    return {
        "today": _("Today"),
        "listen": _("Listen"),
        "sumup": _("Sum up"),
        "decide": _("Decide"),
        "call": _("Call"),
        "act": _("Act"),
        "learn": _("Learn"),
        "people": _("People"),
        "guard": _("Security"),
    }


def _room(match: ResolverMatch | None) -> str:
    app = match.app_name if match else "home"
    room = ROOM_OF_APP.get(app, app)
    return room if room in FRONT_PAGES else "today"


def _names(request: DeskRequest) -> str:
    if request.role < Role.HOLDER:
        return ""
    return "open" if is_unlocked(request, request.organisation) else "closed"


def list_stage_progress(organisation: Organisation, room: str) -> list[Station]:
    """Return the six stages as the newest round has reached them; all are ahead before the first round."""
    newest = next(iter(_NEWEST_ROUND.rows(organisation=organisation.pk, now=timezone.now())), None)
    done = _stages_done(newest) if newest else {}
    reached = reached_stage(done) if newest else ""
    captions = _captions(newest) if newest else {}
    names = room_names()
    return [
        Station(
            stage=stage,
            name=names[stage],
            state=_state(stage, reached, is_whole=done.get("learn", False)),
            caption=captions.get(stage, ""),
            url=reverse(FRONT_PAGES[stage], args=[organisation.slug]),
            is_open=stage == room,
        )
        for stage in STAGES
    ]


def _state(stage: str, reached: str, *, is_whole: bool) -> str:
    if not reached:
        return "ahead"
    if is_whole or STAGES.index(stage) < STAGES.index(reached):
        return "done"
    return "here" if stage == reached else "ahead"


def _newest_round(organisation: int, now: datetime) -> QuerySet[ListeningRound, Any]:
    """Select the newest round with all that came of it; replies to an analysis are no turn of their own."""
    sum_ups = SumUp.objects.filter(round=OuterRef("pk")).order_by("pk")
    claims = Claim.objects.filter(sum_up__round=OuterRef("pk"))
    decisions = Decision.objects.filter(demands__claims__sum_up__round=OuterRef("pk"))
    calls = Call.objects.filter(decision__demands__claims__sum_up__round=OuterRef("pk"))
    events = Event.objects.filter(call__decision__demands__claims__sum_up__round=OuterRef("pk"))
    lessons = Lesson.objects.filter(
        review__event__call__decision__demands__claims__sum_up__round=OuterRef("pk")
    )
    return (
        ListeningRound.objects.filter(organisation=organisation, exposures=None)
        .annotate(
            has_sum_up=Exists(sum_ups),
            is_summed_up=Exists(sum_ups.filter(state=SumUpState.PUBLISHED)),
            is_called=Exists(calls.filter(state__in=[CallState.LIVE, CallState.CHANGED])),
            is_acted=Exists(events.filter(ends_at__lt=now)),
            voices_heard=_count(Voice.objects.filter(report__round=OuterRef("pk")), "report__round"),
            claims_made=_count(claims, "sum_up__round"),
            decided=Subquery(decisions.values("title")[:1]),
            called=Subquery(calls.values("slogan")[:1]),
            acted=Subquery(events.values("title")[:1]),
            learned=Subquery(lessons.values("claim")[:1]),
        )
        .order_by("-made_at", "-pk")
        .values_list(*NEWEST_ROUND, named=True)[:1]
    )


_NEWEST_ROUND = PreparedQuery(_newest_round)


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _stages_done(round_: Any) -> Mapping[str, bool]:
    return {
        "listen": not ListeningRound(opens_on=round_.opens_on, closes_on=round_.closes_on).is_open
        or round_.has_sum_up,
        "sumup": round_.is_summed_up,
        "decide": round_.decided is not None,
        "call": round_.is_called,
        "act": round_.is_acted,
        "learn": round_.learned is not None,
    }


def _captions(round_: Any) -> dict[str, str]:
    heard, claims = round_.voices_heard, round_.claims_made
    return {
        "listen": ngettext("%(n)d voice", "%(n)d voices", heard) % {"n": heard},
        "sumup": ngettext("%(n)d claim", "%(n)d claims", claims) % {"n": claims} if claims else "",
        "decide": round_.decided or "",
        "call": round_.called or "",
        "act": round_.acted or "",
        "learn": round_.learned or "",
    }
