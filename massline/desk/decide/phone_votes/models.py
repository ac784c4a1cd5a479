"""Halls in which everybody votes by phone; their cards and answers are on the square."""

from uuid import UUID

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Organisation
from massline.desk.people.scope import ScopedManager
from massline.square.conversations.models import Conversation


class PhoneVoteHall(models.Model):
    """A meeting with cards to vote by; `slug` is its page on the square."""

    lives = NoOwnExpiry("a meeting's name; no record says who had a card")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="halls")
    meeting = models.CharField(max_length=160)
    meeting_uuid = models.UUIDField(null=True, blank=True, help_text="its event on the square")
    slug = models.SlugField(max_length=60)
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        db_table = "decide_hall"
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.meeting

    @property
    def page(self) -> Conversation | None:
        """The hall's page on the square, or None once it is gone."""
        halls = Conversation.objects.select_related("organisation").filter(is_hall=True)
        return halls.filter(organisation__uuid=self.organisation.uuid, slug=self.slug).first()


def find_open_phone_vote(
    organisation: Organisation, *, meeting: str, meeting_uuid: UUID | None
) -> PhoneVoteHall | None:
    """The hall of a meeting that still takes votes."""
    halls = PhoneVoteHall.objects.filter(
        organisation=organisation, meeting=meeting, meeting_uuid=meeting_uuid
    )
    return next((hall for hall in halls if hall.page is not None and hall.page.is_open()), None)
