"""The origin of an imported conversation: the numbers by which a later export finds its own statements again."""

from collections.abc import Collection

from django.db import models

from massline.core.expiry import NoOwnExpiry
from massline.core.json_shapes import (
    ShapedField,
    digits,
    long_number,
    tuple_of,
    whole_list_of,
    whole_map_of,
    whole_number,
)


class Origin(models.Model):
    """Numbers of an export and ours for the same rows. Names nobody: numbers there were pseudonyms already."""

    lives = NoOwnExpiry("how two ways of counting go together; nothing about anybody")

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="origins"
    )
    numbers = ShapedField(
        whole_map_of(whole_number, key=digits),
        default=dict,
        help_text="what a sentence is numbered there, and here",
    )
    ranges = ShapedField(
        whole_list_of(tuple_of(long_number, long_number, long_number)),
        default=list,
        help_text="[first, last, added]: who is counted from where to where",
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.conversation}: {len(self.numbers)} sentences from elsewhere"

    @property
    def places(self) -> dict[int, int]:
        """The number of each sentence here, by its number there."""
        return {int(there): here for there, here in self.numbers.items()}

    def key_of(self, person: int) -> int | None:
        """The pseudonym here of a number there; None for whoever was not counted yet."""
        for first, last, added in self.ranges:
            if first <= person <= last:
                return int(person + added)
        return None

    def counts(self, key: int) -> bool:
        """True if a pseudonym of ours came from there."""
        return any(first + added <= key <= last + added for first, last, added in self.ranges)

    def count(self, people: Collection[int], *, after: int) -> None:
        """Count newcomers so that none gets a number up to `after`, which may be somebody else's; nothing is saved."""
        if people:
            self.ranges.append([min(people), max(people), max(0, after + 1 - min(people))])
