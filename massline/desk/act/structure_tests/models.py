"""Structure tests and their counts by section. No field names a person."""

from django.db import models
from django.utils import timezone

from massline.core.expiry import NoOwnExpiry
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.people.scope import ScopedManager


class StructureTest(models.Model):
    """A visible deed, its first and last day, and the share from which a section counts as strong."""

    lives = NoOwnExpiry("a deed and a threshold; nobody in it")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="structure_tests")
    deed = models.CharField(max_length=160, help_text="what everybody can see: sign a poster, wear a badge")
    begins_on = models.DateField()
    ends_on = models.DateField()
    strong_percent = models.PositiveSmallIntegerField(help_text="from this share on a section is strong")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("organisation")

    class Meta:
        ordering = ["-begins_on", "-pk"]

    def __str__(self) -> str:
        return self.deed

    @property
    def has_begun(self) -> bool:
        return self.begins_on <= timezone.localdate()


class SectionCount(models.Model):
    """A section's count of people who did the deed, and its headcount on that day."""

    lives = NoOwnExpiry("totals of a section")

    test = models.ForeignKey(StructureTest, on_delete=models.CASCADE, related_name="counts")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="structure_counts")
    did = models.PositiveIntegerField()
    headcount = models.PositiveIntegerField()
    counted_on = models.DateField(default=timezone.localdate)

    objects = ScopedManager("test__organisation")

    class Meta:
        ordering = ["section__name"]
        constraints = [
            models.UniqueConstraint(fields=["test", "section"], name="one_count_per_section_and_test")
        ]

    def __str__(self) -> str:
        return f"{self.did} of {self.headcount}"

    @property
    def share(self) -> float:
        return self.did / self.headcount

    @property
    def is_strong(self) -> bool:
        return 100 * self.did >= self.test.strong_percent * self.headcount
