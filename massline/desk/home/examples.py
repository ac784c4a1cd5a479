"""One realistic example for each list that is still empty, so that an empty page teaches what belongs on it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True)
class Example:
    """What could be in a list: `what` in large letters, then facts as label and text. It is shown in grey, named as an example."""

    what: str
    facts: tuple[tuple[str, str], ...]


def find_example(name: str) -> Example:
    """Return the example of a list in the language of the page; a name nobody knows is an error."""
    return EXAMPLES[name]()


def _rounds() -> Example:
    return Example(
        _("What would have to change for your home to be warm this winter?"),
        (
            (_("Asked"), _("in Blocks B and C, until 14 December")),
            (_("Answered"), _("31 people at the door, 212 by phone")),
        ),
    )


def _watches() -> Example:
    return Example(
        _("Heating failures in Block C"),
        (
            (_("This week"), _("9 reports, four more than usual")),
            (_("What we do"), _("at twelve we call a meeting")),
        ),
    )


def _needs() -> Example:
    return Example(
        _("“I can’t carry my shopping up while the lift is broken.”"),
        ((_("An offer that fits"), _("“I have a car on Fridays.”")),),
    )


def _sum_ups() -> Example:
    return Example(
        _("Most of us would rather share heaters than wait."),
        (
            (_("Based on"), _("14 voices from three blocks")),
            (_("Heard right?"), _("yes, said 19 of 22")),
        ),
    )


def _answers() -> Example:
    return Example(
        _("“Who pays if we lose?”"),
        ((_("Our answer"), _("Nobody alone. The fund pays, and only if the meeting decides to go.")),),
    )


def _demands() -> Example:
    return Example(
        _("A repair date for every boiler, in writing, by 15 January"),
        (
            (_("From whom"), _("the housing office")),
            (_("Backed by"), _("172 of 212 people, and most of every block")),
        ),
    )


def _decisions() -> Example:
    return Example(
        _("We all go to the housing office together."),
        (
            (_("The vote"), _("38 for, 4 against, 3 abstained")),
            (_("In charge"), _("Bea, until 9 December")),
        ),
    )


def _principles() -> Example:
    return Example(
        _("We never negotiate about one block alone."),
        ((_("The vote"), _("43 for, 2 against")),),
    )


def _assessments() -> Example:
    return Example(
        _("Not yet: two blocks are missing."),
        ((_("What would change our mind"), _("ten people from Block C at the next meeting")),),
    )


def _motions() -> Example:
    return Example(
        _("We go to the housing office on Wednesday."),
        ((_("The vote"), _("38 for, 4 against, 3 abstained")),),
    )


def _elections() -> Example:
    return Example(
        _("Who speaks for us at the housing office?"),
        (
            (_("Options"), _("Rosa, Ines, Tom, Farida")),
            (_("The count"), _("two seats; Rosa and Farida are elected with 61 ballots")),
        ),
    )


def _plans() -> Example:
    return Example(
        _("From letters to a walk to the office"),
        (
            (_("First"), _("we hand over letters; anyone can join")),
            (_("If they don’t answer"), _("we walk there together, with the press")),
        ),
    )


def _promises() -> Example:
    return Example(
        _("“All boilers are checked by Friday.”"),
        (
            (_("Who promised it"), _("the housing office, on 2 November")),
            (_("What came of it"), _("two of five were checked")),
        ),
    )


def _slogans() -> Example:
    return Example(
        _("Heat is not a favour!"),
        ((_("Tried on the street"), _("7 of 10 people could repeat it")),),
    )


def _calls() -> Example:
    return Example(
        _("Heat for the last two blocks!"),
        (
            (pgettext("fact of an event", "What"), _("We stand in front of the housing office")),
            (_("When and where"), _("Wednesday at 11:00, Harbour Square")),
            (_("What we ask"), _("Come, and bring one neighbour.")),
        ),
    )


def _events() -> Example:
    return Example(
        _("What do we do for Blocks B and C?"),
        (
            (_("When and where"), _("Saturday at 18:30, Harbour Hall")),
            (_("Who is coming"), _("23 people, three of them new")),
        ),
    )


def _phone_lists() -> Example:
    return Example(
        _("Calls for Saturday’s meeting"),
        (
            (_("Who calls"), _("Amal, Bea and Chen, 12 people each")),
            (_("So far"), _("9 are coming, 2 can’t, 2 did not answer")),
        ),
    )


def _programmes() -> Example:
    return Example(
        _("Repair café, every Thursday"),
        (
            (_("Last time"), _("17 people came")),
            (_("Who runs it"), _("four people; one came for help first")),
        ),
    )


def _reviews() -> Example:
    return Example(
        _("A demand that can be checked brings people who wouldn’t come for a fight."),
        (
            (_("Expected"), _("80 to 120 people")),
            (_("Happened"), _("94 came, four of them from Block C")),
            (_("Because"), _("each brought one neighbour")),
        ),
    )


def _people() -> Example:
    return Example(
        _("Leyla, Block B"),
        ((_("Next step"), _("brings one neighbour on Saturday; Amal looks after it")),),
    )


def _mandates() -> Example:
    return Example(
        _("The keys to the hall"),
        (
            (_("In charge"), _("Bea, until June")),
            (_("Learning it"), _("Tom")),
        ),
    )


EXAMPLES: dict[str, Callable[[], Example]] = {
    "rounds": _rounds,
    "watches": _watches,
    "needs": _needs,
    "sum_ups": _sum_ups,
    "answers": _answers,
    "demands": _demands,
    "decisions": _decisions,
    "principles": _principles,
    "assessments": _assessments,
    "motions": _motions,
    "elections": _elections,
    "plans": _plans,
    "promises": _promises,
    "slogans": _slogans,
    "calls": _calls,
    "events": _events,
    "phone_lists": _phone_lists,
    "programmes": _programmes,
    "reviews": _reviews,
    "people": _people,
    "mandates": _mandates,
}
