"""What we won and what the other side promised: public rows that change as things happen."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import NoOwnExpiry
from massline.square.organisations.models import PublicOrganisation


class PublicState(models.TextChoices):
    WON = "won", _("won")
    PARTLY = "partly", _("won in part")
    LOST = "lost", _("not won")
    OPEN = "open", _("promised")
    MOVED = "moved", _("put off")
    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")


WINS = (PublicState.WON, PublicState.PARTLY, PublicState.KEPT)
RUNNING = (PublicState.OPEN, PublicState.MOVED)


class PublicOutcome(models.Model):
    """A demand and what came of it, or a promise and whether it was kept, with proof."""

    lives = NoOwnExpiry("published words of the organisation", public=True)

    organisation = models.ForeignKey(PublicOrganisation, on_delete=models.CASCADE, related_name="outcomes")
    uuid = models.UUIDField(unique=True)
    state = models.CharField(max_length=8, choices=PublicState.choices)
    text = models.CharField(max_length=240)
    who = models.CharField(max_length=100, blank=True, help_text="who promised it")
    words = models.CharField(max_length=400, blank=True)
    proof = models.CharField(max_length=240)
    due_on = models.DateField(null=True, blank=True)
    day = models.DateField()
    language = models.CharField(max_length=12, default="en")

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        return self.state in RUNNING and self.due_on is not None and self.due_on < timezone.localdate()


@dataclass(frozen=True)
class OutcomeFacts:
    state: PublicState
    text: str
    day: date
    proof: str
    who: str = ""
    words: str = ""
    due_on: date | None = None


def publish_outcome(*, organisation: PublicOrganisation, uuid: UUID, facts: OutcomeFacts | None) -> None:
    """Show an outcome as it is now; without facts it is taken off the page. Repeating it changes nothing."""
    with transaction.atomic(using="square"):
        if facts is None:
            PublicOutcome.objects.filter(organisation=organisation, uuid=uuid).delete()
            return
        PublicOutcome.objects.update_or_create(
            uuid=uuid,
            defaults={"organisation": organisation, "language": organisation.language, **asdict(facts)},
        )
