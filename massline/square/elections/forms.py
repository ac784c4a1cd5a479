"""The ballot as a form: a tick or a number for each option. What was chosen stays on the page where it cannot be kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from massline.square.conversations.voting.forms import BallotField
from massline.square.elections.models import PublishedElection


class OptionBallotForm(forms.Form):
    """A ballot on the options of one election; `ranks` has one number for each of them, 0 where nothing was marked."""

    ballot = BallotField()

    def __init__(
        self, data: Any = None, *, election: PublishedElection, ranks: list[int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.election = election
        is_ranked = election.counting_method.is_ranked
        for number, name in enumerate(election.names, start=1):
            field = _rank_field(name, len(election.names)) if is_ranked else _tick_field(name)
            marked = ranks[number - 1] if ranks else 0
            field.initial = marked if is_ranked else bool(marked)
            self.fields[f"option-{number}"] = field

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The fields of the options, each with the line about it."""
        lines = [option["line"] for option in self.election.options]
        return [(self[f"option-{number}"], line) for number, line in enumerate(lines, start=1)]

    @property
    def ranks(self) -> tuple[int, ...]:
        numbers = range(1, len(self.election.names) + 1)
        return tuple(int(self.cleaned_data.get(f"option-{number}") or 0) for number in numbers)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not any(self.ranks):
            raise forms.ValidationError(_nothing_chosen(self.election), code="nothing-chosen")
        method = self.election.counting_method
        if method.is_ranked and not method.allows_equal_ranks:
            self._refuse_equal_ranks()
        return cleaned

    def _refuse_equal_ranks(self) -> None:
        by_rank: dict[int, list[int]] = {}
        for number, rank in enumerate(self.ranks, start=1):
            if rank:
                by_rank.setdefault(rank, []).append(number)
        for rank, numbers in sorted(by_rank.items()):
            if len(numbers) > 1:
                names = [self.election.names[number - 1] for number in numbers]
                sentence = _("You gave number %(rank)d to %(names)s. Give each number to one option only.")
                facts = {"rank": rank, "names": ", ".join(names)}
                self.add_error(
                    f"option-{numbers[1]}", forms.ValidationError(sentence % facts, code="number-twice")
                )


def _nothing_chosen(election: PublishedElection) -> str:
    if election.counting_method.is_ranked:
        return _("Nothing is marked yet. Give number 1 to the option you like best.")
    return _("Nothing is ticked yet. Tick at least one option.")


def _rank_field(name: str, most: int) -> forms.Field:
    choices = [(0, "–"), *((rank, str(rank)) for rank in range(1, most + 1))]
    return forms.TypedChoiceField(label=name, choices=choices, coerce=int, required=False)


def _tick_field(name: str) -> forms.Field:
    return forms.BooleanField(label=name, required=False)
