"""The first evening: seven steps from an empty house to a question that people answer, ticked off by what is there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.act.events.models import Event
from massline.desk.guard.accounts.invitation_model import Invitation
from massline.desk.guard.accounts.pending_invitations import pending_invitations
from massline.desk.guard.keys import contact_storage_conditions
from massline.desk.listen.rounds.actions import conversation_of
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.choices import Role
from massline.desk.people.models import Membership, Organisation, Section
from massline.desk.sumup.claims.models import SumUp
from massline.square.conversations.models import Participant
from massline.web.templatetags.massline import on_day


@dataclass(frozen=True)
class SetupStep:
    """A step: its name in code, what to do, what is there or why it is worth it, and where its button leads."""

    name: str
    title: str
    told: str
    act: str
    url: str
    is_done: bool


@dataclass(frozen=True)
class SetupProgress:
    """The steps, and the first that is open."""

    steps: list[SetupStep]
    here: SetupStep

    @property
    def left(self) -> int:
        """How many steps are open."""
        return sum(not step.is_done for step in self.steps)

    @property
    def urls(self) -> set[str]:
        """Where the steps lead, so that Today says nothing twice."""
        return {step.url for step in self.steps}


def find_setup_progress(organisation: Organisation) -> SetupProgress | None:
    """List the steps of an organisation at its beginning; None once all are done, or a sum-up was begun."""
    if SumUp.objects.filter(round__organisation=organisation).exists():
        return None
    steps = list(_steps(organisation))
    here = next((step for step in steps if not step.is_done), None)
    return SetupProgress(steps, here) if here else None


def _steps(organisation: Organisation) -> Iterator[SetupStep]:
    slug = [organisation.slug]
    sections = list(Section.objects.filter(organisation=organisation).values_list("name", flat=True)[:4])
    yield SetupStep(
        "named",
        _("Name your group"),
        _("%(name)s, time zone %(zone)s") % {"name": organisation.name, "zone": organisation.timezone},
        "",
        "",
        is_done=True,
    )
    yield SetupStep(
        "sections",
        _("Say who lives or works where"),
        ", ".join(sections)
        or _(
            "Blocks, streets, shifts: the parts you want to hear from separately. So you see who was not asked."
        ),
        _("Add the sections"),
        reverse("home:first_sections", args=slug),
        is_done=bool(sections),
    )
    yield _second_organiser(organisation)
    yield _keys(organisation)
    yield _meeting(organisation)
    round_ = ListeningRound.objects.of(organisation).order_by("pk").first()
    yield SetupStep(
        "question",
        _("Ask one question"),
        round_.question
        if round_
        else _("Something people can answer on the stairs. It takes three minutes."),
        _("Write the question"),
        reverse("listen:open_round", args=slug),
        is_done=round_ is not None,
    )
    yield _shared(organisation, round_)


def _second_organiser(organisation: Organisation) -> SetupStep:
    organisers = Membership.objects.live().filter(organisation=organisation, role__gte=Role.ORGANISER)
    names = list(organisers.order_by("pk").values_list("account__name", flat=True))
    invited: Invitation | None = pending_invitations(organisation).first()
    if len(names) > 1:
        told = get_text_list(names, _("and"))
    elif invited is not None:
        told = _("An invitation is open until %(day)s.") % {"day": on_day(invited.expires_at)}
    else:
        told = _("Two people can check each other. You get a link to send and a code to scan.")
    return SetupStep(
        "second-organiser",
        _("Bring in a second organiser"),
        told,
        _("Invite someone"),
        reverse("guard:members", args=[organisation.slug]) + "?role=3#invite",
        is_done=len(names) > 1,
    )


def _keys(organisation: Organisation) -> SetupStep:
    missing = contact_storage_conditions.missing_safeguards(organisation)
    pending = next((reason.say for reason in missing if reason.missing == "sheets"), "")
    return SetupStep(
        "keys",
        _("Keep the key safe, the two of you"),
        pending
        or (
            _("Fifteen minutes in one room. Until then sign-ups stay locked, and nothing is lost.")
            if missing
            else _("The sheets are proven.")
        ),
        _("Make the sheets together"),
        reverse("guard:paper", args=[organisation.slug]),
        is_done=not missing,
    )


def _meeting(organisation: Organisation) -> SetupStep:
    event = Event.objects.filter(organisation=organisation).mass_meetings().order_by("starts_at").first()
    return SetupStep(
        "meeting",
        _("Set a date to meet"),
        event.title if event else _("It stands on every public page, so people know when."),
        _("Set the date"),
        reverse("act:plan", args=[organisation.slug]),
        is_done=event is not None,
    )


def _shared(organisation: Organisation, round_: ListeningRound | None) -> SetupStep:
    conversation = conversation_of(round_) if round_ else None
    answered = Participant.objects.filter(conversation=conversation).count() if conversation else 0
    return SetupStep(
        "shared",
        _("Share it"),
        ngettext("%(n)d person has answered.", "%(n)d people have answered.", answered) % {"n": answered}
        if answered
        else _("A poster, a short address, a message for the group chat: all made for you."),
        _("Share the question"),
        reverse("listen:share", args=[organisation.slug, round_.pk])
        if round_ and conversation
        else reverse("listen:rounds", args=[organisation.slug]),
        is_done=bool(answered),
    )
