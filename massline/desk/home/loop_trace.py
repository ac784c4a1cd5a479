"""A turn of the loop, traced along its rows from a question to its lesson and the next question."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.act.events.models import Event
from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands.models import Demand
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.square.conversations.models import Vote

STAGES = ("listen", "sumup", "decide", "call", "act", "learn")


@dataclass(frozen=True)
class Step:
    """A stage of the loop: its name, a caption, its state, and the address of its page."""

    stage: str
    name: str
    caption: str
    url: str
    state: str

    @property
    def is_here(self) -> bool:
        return self.state == "here"


class LoopTrace:
    """The steps from a listening round to its lessons, each list in one query."""

    def __init__(self, round_: ListeningRound) -> None:
        self.round = round_
        self.organisation: Organisation = round_.organisation

    @cached_property
    def came_from(self) -> list[Lesson]:
        return list(self.round.lessons.select_related("review__event"))

    @cached_property
    def voices_count(self) -> int:
        return Voice.objects.of_round(self.round).count()

    @cached_property
    def votes_count(self) -> int:
        return Vote.objects.filter(
            statement__state="shown",
            shown_value__isnull=False,
            statement__conversation__slug=self.round.conversation,
            statement__conversation__organisation__uuid=self.organisation.uuid,
        ).count()

    @cached_property
    def sum_ups(self) -> list[SumUp]:
        return list(self.round.sum_ups.all())

    @cached_property
    def claims(self) -> list[Claim]:
        claims = Claim.objects.filter(sum_up__round=self.round)
        return list(claims.select_related("sum_up").prefetch_related("citations__voice__report__section"))

    @cached_property
    def demands(self) -> list[Demand]:
        return list(Demand.objects.filter(claims__sum_up__round=self.round).distinct())

    @cached_property
    def decisions(self) -> list[Decision]:
        decisions = Decision.objects.filter(demands__claims__sum_up__round=self.round)
        return list(decisions.select_related("owner").distinct())

    @cached_property
    def calls(self) -> list[Call]:
        return list(Call.objects.filter(decision__in=[decision.pk for decision in self.decisions]))

    @cached_property
    def events(self) -> list[Event]:
        return list(Event.objects.filter(call__in=[call.pk for call in self.calls]))

    @cached_property
    def reviews(self) -> list[AfterActionReview]:
        reviews = AfterActionReview.objects.filter(event__in=[event.pk for event in self.events])
        return list(reviews.select_related("event"))

    @cached_property
    def lessons(self) -> list[Lesson]:
        lessons = Lesson.objects.filter(review__in=[review.pk for review in self.reviews])
        return list(lessons.select_related("next_round", "review"))

    @cached_property
    def next_rounds(self) -> list[ListeningRound]:
        return [lesson.next_round for lesson in self.lessons if lesson.next_round is not None]

    @property
    def heard(self) -> str:
        return _("Voices: %(voices)d, votes: %(votes)d") % {
            "voices": self.voices_count,
            "votes": self.votes_count,
        }

    @property
    def reached(self) -> str:
        """The first stage that has not done its work."""
        done = {
            "listen": not self.round.is_open or bool(self.sum_ups),
            "sumup": any(sum_up.state == "published" for sum_up in self.sum_ups),
            "decide": bool(self.decisions),
            "call": any(call.is_out for call in self.calls),
            "act": any(event.is_over for event in self.events),
            "learn": bool(self.lessons),
        }
        return reached_stage(done)

    @property
    def is_whole(self) -> bool:
        return bool(self.lessons)

    def steps(self) -> list[Step]:
        names = (_("Listen"), _("Sum up"), _("Decide"), _("Call"), _("Act"), _("Learn"))
        here = STAGES.index(self.reached)
        captions, addresses = self._captions(), self._addresses()
        return [
            Step(stage, names[n], captions[stage], addresses[stage], self._state(n, here))
            for n, stage in enumerate(STAGES)
        ]

    def _state(self, place: int, here: int) -> str:
        if place < here or self.is_whole:
            return "done"
        return "here" if place == here else "ahead"

    def _captions(self) -> dict[str, str]:
        claims = len(self.claims)
        return {
            "listen": self.heard,
            "sumup": ngettext("%(n)d finding", "%(n)d findings", claims) % {"n": claims} if claims else "",
            "decide": self.decisions[0].title if self.decisions else "",
            "call": self.calls[0].slogan if self.calls else "",
            "act": self.events[0].title if self.events else "",
            "learn": self.lessons[0].claim if self.lessons else "",
        }

    def _addresses(self) -> dict[str, str]:
        org = self.organisation.slug
        return {
            "listen": reverse("listen:round", args=[org, self.round.pk]),
            "sumup": _first("sumup:sum_up", org, self.sum_ups) or reverse("sumup:sum_ups", args=[org]),
            "decide": _first("decide:decision", org, self.decisions) or reverse("decide:decide", args=[org]),
            "call": _first("call:call", org, self.calls) or reverse("call:calls", args=[org]),
            "act": _first("act:event", org, self.events) or reverse("act:events", args=[org]),
            "learn": _first("learn:lesson", org, self.lessons) or reverse("learn:reviews", args=[org]),
        }


def reached_stage(done: Mapping[str, bool]) -> str:
    """Return the first stage that has not done its work, and the last once all have."""
    return next((stage for stage in STAGES if not done[stage]), STAGES[-1])


def _first(
    view: str, org: str, rows: list[SumUp] | list[Decision] | list[Call] | list[Event] | list[Lesson]
) -> str:
    return reverse(view, args=[org, rows[0].pk]) if rows else ""


def trace_newest_round(organisation: Organisation) -> LoopTrace | None:
    """Trace the organisation's newest round, besides those for replies to an analysis; None before its first."""
    rounds = ListeningRound.objects.of(organisation).filter(exposures=None)
    newest = rounds.select_related("organisation").first()
    return LoopTrace(newest) if newest else None
