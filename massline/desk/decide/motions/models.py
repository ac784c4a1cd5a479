"""Motions at a mass meeting: amendments, the list of speakers, and one count of hands, paper and phones."""

import hashlib
from uuid import UUID, uuid5

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.core.expiry import ExpiresAfter, NoOwnExpiry
from massline.desk.decide.ballots.majority_count import MajorityRule, VoteCount
from massline.desk.decide.ballots.models import Totals
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.motions.text_merge import TextPiece, compare_wordings, merge_wordings
from massline.desk.decide.phone_votes.models import PhoneVoteHall
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class MotionState(models.TextChoices):
    OPEN = "open", _("open")
    CARRIED = "carried", _("passed")
    LOST = "lost", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Motion(models.Model):
    """A sentence that a meeting votes on; `text` is as amended, `moved` as it was first put."""

    lives = NoOwnExpiry("the organisation's own words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="motions")
    meeting = models.CharField(max_length=160, help_text="the meeting it is put to")
    meeting_uuid = models.UUIDField(null=True, blank=True, help_text="its event on the square")
    moved = models.TextField(max_length=600)
    text = models.TextField(max_length=600)
    rule = models.CharField(max_length=14, choices=MajorityRule.choices, default=MajorityRule.MAJORITY)
    quorum = models.PositiveIntegerField(default=0, help_text="how many must be there")
    is_secret = models.BooleanField(
        default=False, help_text="until it is closed only how many have voted is shown"
    )
    hall = models.ForeignKey(
        PhoneVoteHall,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="motions",
        help_text="where everybody votes by phone",
    )
    hall_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="the number of its present wording in the hall"
    )
    is_asked_again = models.BooleanField(
        default=False, help_text="the text changed after votes were given, which were set aside"
    )
    present = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=MotionState.choices, default=MotionState.OPEN)
    dissent = models.TextField(blank=True, max_length=1000)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="motions"
    )
    put_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="who put it"
    )
    made_on = models.DateField(default=timezone.localdate)
    closed_on = models.DateField(null=True, blank=True)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.state == MotionState.OPEN

    @property
    def version(self) -> str:
        """A digest of the text, by which a page says to which wording a vote was given."""
        return hashlib.blake2b(self.text.encode(), digest_size=8).hexdigest()

    @property
    def count(self) -> VoteCount:
        """Hands, paper and phones together."""
        return sum((tally.count for tally in self.tallies.all()), VoteCount())

    @property
    def roll_name(self) -> str:
        return f"motion {self.pk}"

    @property
    def uuid(self) -> UUID:
        return uuid5(self.organisation.uuid, f"motion {self.pk}")


class VotingMethod(models.TextChoices):
    HANDS = "hands", _("show of hands")
    PAPER = "paper", _("paper ballots")
    PHONES = "phones", _("phone votes")


class Tally(Totals):
    """The totals of one voting method; those of all methods together are the count of the motion."""

    lives = NoOwnExpiry("totals of a vote")

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="tallies")
    way = models.CharField(max_length=8, choices=VotingMethod.choices)

    objects = ScopedManager("motion__organisation")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["motion", "way"], name="one_tally_per_way")]

    def __str__(self) -> str:
        return f"{self.get_way_display()}: {self.in_favour} : {self.against}"


class Amendment(Totals):
    """Another wording of a motion, taken or turned down by a show of hands.

    It changes the words it was put against; what was taken since then stays.
    """

    lives = NoOwnExpiry("the organisation's own words")

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="amendments")
    base = models.TextField(
        max_length=600, blank=True, help_text="the text it was put against; empty: as moved"
    )
    text = models.TextField(max_length=600)
    taken = models.BooleanField(null=True, blank=True)

    objects = ScopedManager("motion__organisation")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def joined(self) -> str | None:
        """The motion's text if this is taken now, or None where another amendment changed the same words."""
        return merge_wordings(self.base or self.motion.moved, self.motion.text, self.text)

    @property
    def changes(self) -> list[TextPiece]:
        """The changes to the text as it reads now; to the text it was proposed against where it cannot be joined."""
        joined = self.joined
        if joined is None:
            return compare_wordings(self.base or self.motion.moved, self.text)
        return compare_wordings(self.motion.text, joined)


class Speaker(models.Model):
    """Somebody on the list of speakers, by a name of their choice; deleted when the motion closes or a day after."""

    lives = ExpiresAfter(since="day", days=1)

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=40)
    place = models.PositiveIntegerField(default=0)
    has_spoken = models.BooleanField(default=False)
    is_first_time = models.BooleanField(default=False)
    day = models.DateField(default=timezone.localdate)

    objects = ScopedManager("motion__organisation")

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.name
