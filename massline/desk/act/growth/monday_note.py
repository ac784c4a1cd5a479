"""The Monday note: an organiser's tasks of the week. It is a page, because accounts have no address to write to."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from massline.desk.people.mandate_models import Mandate, Part
from massline.desk.people.models import Account, Contact, NextStep, Organisation

WELCOME_WITHIN = timedelta(days=2)
WEEK = timedelta(days=7)  # up to the same weekday, which is the day that a new step proposes

MOST_LISTED = 50


@dataclass(frozen=True)
class StalledMandate:
    """A mandate that needs people. `why` is one of: nobody, gone, said, over, soon, alone, no learner."""

    mandate: Mandate
    why: str

    @property
    def is_urgent(self) -> bool:
        return self.why in {"nobody", "gone", "said", "over"}


@dataclass
class MondayNote:
    """Tasks of one organiser, and counts of tasks open to anybody. Lists hold the first fifty; `more` is how many are left."""

    late: list[NextStep] = field(default_factory=list)
    this_week: list[NextStep] = field(default_factory=list)
    without_step: list[Contact] = field(default_factory=list)
    all_without_step: int = 0
    more: int = 0
    unwelcomed: int = 0
    too_late: int = 0
    lost: int = 0
    mandates: list[StalledMandate] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.this_week or self.without_step or self.mandates or self.unwelcomed)


def build_monday_note(organisation: Organisation, account: Account) -> MondayNote:
    """Build the note. `without_step` holds contacts whose buddy or next-step owner this organiser was."""
    today = timezone.localdate()
    steps = NextStep.objects.open().filter(contact__organisation=organisation, owner=account)
    steps = steps.filter(due_on__lte=today + WEEK).order_by("due_on", "pk")
    steps = steps.select_related("contact").prefetch_related("contact__next_steps")
    late, this_week = steps.filter(due_on__lt=today), steps.filter(due_on__gte=today)
    contacts = Contact.objects.of(organisation)
    lost = contacts.without_next_step()
    walked_with = NextStep.objects.filter(contact=OuterRef("pk"), owner=account)
    theirs = lost.filter(Q(buddy=account) | Exists(walked_with)).order_by("pk")
    sizes = [listed.count() for listed in (late, this_week, theirs)]
    waiting = contacts.unwelcomed()
    mine = Q(holdings__account=account, holdings__until=None)
    mandates = Mandate.objects.filter(mine, organisation=organisation, closed_on=None).distinct()
    return MondayNote(
        late=list(late[:MOST_LISTED]),
        this_week=list(this_week[:MOST_LISTED]),
        without_step=list(theirs.prefetch_related("next_steps")[:MOST_LISTED]),
        all_without_step=sizes[-1],
        more=sum(max(size - MOST_LISTED, 0) for size in sizes),
        unwelcomed=waiting.count(),
        too_late=waiting.filter(met_on__lt=today - WELCOME_WITHIN).count(),
        lost=lost.count(),
        mandates=[stall for stall in (find_stall_reason(mandate) for mandate in mandates) if stall],
    )


def find_stall_reason(mandate: Mandate) -> StalledMandate | None:
    """Return why a mandate needs people; None if it makes progress and all three parts are taken."""
    parts = {holding.part: holding for holding in mandate.holdings.all() if holding.until is None}
    main = parts.get(Part.MAIN)
    reasons = {
        "nobody": main is None,
        "gone": main is not None and main.account is not None and not _is_live_member(main.account, mandate),
        "said": mandate.stalled_on is not None,
        "over": mandate.is_over,
        "soon": mandate.ends_soon,
        "alone": Part.DEPUTY not in parts,
        "no learner": Part.LEARNER not in parts,
    }
    why = next((name for name, holds in reasons.items() if holds), None)
    return StalledMandate(mandate, why) if why else None


def _is_live_member(account: Account, mandate: Mandate) -> bool:
    memberships = account.memberships.all()
    return account.is_active and any(
        membership.organisation_id == mandate.organisation_id and membership.ended_on is None
        for membership in memberships
    )
