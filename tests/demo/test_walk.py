"""The walk without gaps: from a voice to the next round and back, on both doors as far as each may see."""

from collections.abc import Iterator

from django.urls import reverse

from massline.desk.act.events.models import Event
from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.motions.models import Motion
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.reviews.models import AfterActionReview
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.analyses.models import AnalysedQuestion
from massline.desk.sumup.claims.models import Citation
from massline.square.calls.models import PublishedCall
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient, at_desk
from tests.demo.test_demo import union  # noqa: F401

Edge = tuple[str, str]


def desk_edges(org: Organisation) -> Iterator[Edge]:
    """Every edge of the loop that the demo has, as two addresses that must name each other."""

    def at(name: str, *keys: int) -> str:
        return reverse(name, args=[org.slug, *keys])

    for citation in Citation.objects.filter(
        claim__sum_up__round__organisation=org, claim__sum_up__state="published", voice__isnull=False
    ).select_related("claim__sum_up", "voice__report"):
        voice = at("listen:voice", citation.claim.sum_up.round_id, citation.voice_id or 0)
        yield voice, at("sumup:sum_up", citation.claim.sum_up_id)
        for demand in citation.claim.demands.all():
            yield voice, at("decide:demand", demand.pk)
    for demand in Demand.objects.filter(organisation=org):
        for claim in demand.claims.filter(sum_up__state="published"):
            yield at("sumup:sum_up", claim.sum_up_id), at("decide:demand", demand.pk)
        for decision in demand.decisions.all():
            yield at("decide:demand", demand.pk), at("decide:decision", decision.pk)
    for motion in Motion.objects.filter(organisation=org).exclude(decision=None):
        yield at("decide:motion", motion.pk), at("decide:decision", motion.decision_id or 0)
    for call in Call.objects.filter(organisation=org):
        yield at("decide:decision", call.decision_id), at("call:call", call.pk)
    for event in Event.objects.filter(organisation=org).exclude(call=None):
        yield at("call:call", event.call_id or 0), at("act:event", event.pk)
    for review in AfterActionReview.objects.filter(event__organisation=org):
        yield at("act:event", review.event_id), at("learn:review", review.event_id)
    for lesson in Lesson.objects.filter(review__event__organisation=org):
        yield at("learn:review", lesson.review.event_id), at("learn:lesson", lesson.pk)
        if lesson.next_round_id:
            yield at("learn:lesson", lesson.pk), at("listen:round", lesson.next_round_id)


def test_every_edge_is_walked_both_ways(union: Organisation, nobody: DoorClient) -> None:  # noqa: F811
    door = at_desk(Account.objects.filter(memberships__organisation=union, memberships__role=Role.HOLDER)[0])
    pages: dict[str, str] = {}
    edges = set(desk_edges(union))
    kinds = {(one.split("/")[2], other.split("/")[2]) for one, other in edges}
    assert len(kinds) >= 7, f"the demo walks too few kinds of edges: {kinds}"
    gaps = []
    for edge in edges:
        for here, there in (edge, edge[::-1]):
            if here not in pages:
                pages[here] = door.get(here).content.decode()
            if f'"{there}' not in pages[here]:
                gaps.append((here, there))
    assert sorted(gaps) == []
    walk_the_square(nobody)
    for question in AnalysedQuestion.objects.filter(exposure__organisation=union, voice__isnull=False):
        assert question.voice is not None
        voice = reverse("listen:voice", args=[union.slug, question.voice.report.round_id, question.voice_id])
        assert (
            reverse("sumup:exposure", args=[union.slug, question.exposure_id])
            in door.get(voice).content.decode()
        )


def walk_the_square(nobody: DoorClient) -> None:
    """A report-back and the conversation it came from, and the calls that came of it."""
    for report in ReportBack.objects.filter(kind="heard").exclude(conversation=None):
        page = nobody.get(report.get_absolute_url()).content.decode()
        assert report.conversation is not None
        assert report.conversation.get_absolute_url() in page
        for call in PublishedCall.objects.filter(report=report):
            assert call.get_absolute_url() in page
            assert report.get_absolute_url() in nobody.get(call.get_absolute_url()).content.decode()


def test_every_decision_says_who_saw_it_differently(union: Organisation) -> None:  # noqa: F811
    door = at_desk(Account.objects.filter(memberships__organisation=union, memberships__role=Role.HOLDER)[0])
    for decision in Decision.objects.filter(organisation=union).exclude(dissent=""):
        page = door.get(reverse("decide:decision", args=[union.slug, decision.pk])).content.decode()
        assert decision.dissent.splitlines()[0][:40] in page
