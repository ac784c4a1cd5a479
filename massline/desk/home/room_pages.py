"""The other pages of each room, with what each is for; they are listed at the foot of the room's pages."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from massline.desk.people.choices import Role


@dataclass(frozen=True)
class RoomPage:
    """A page of a room: `name` is the name of its address, `is_here` if it is the page being read."""

    name: str
    title: str
    hint: str
    url: str
    is_here: bool


def list_room_pages(room: str, *, organisation: str, role: Role, path: str) -> list[RoomPage]:
    """List the pages of a room that this role may open; none for a room that is a single page."""
    return [
        RoomPage(name, title, hint, url := reverse(name, args=[organisation]), url == path)
        for name, title, hint, need in SHELVES.get(room, list)()
        if role >= need
    ]


Row = tuple[str, str, str, Role]


def _listen() -> list[Row]:
    return [
        ("listen:rounds", _("Questions"), _("What you ask, and what people answer"), Role.MEMBER),
        ("listen:watches", _("Tracked issues"), _("What happens outside, day by day"), Role.MEMBER),
        ("listen:needs", _("Needs and offers"), _("Who needs what, who can help"), Role.MEMBER),
        ("listen:find_sheet", _("Enter a paper sheet"), _("By the code in its corner"), Role.MEMBER),
    ]


def _sumup() -> list[Row]:
    return [
        ("sumup:sum_ups", _("Summaries"), _("What people said, in a few sentences"), Role.MEMBER),
        ("sumup:answers", _("Questions people asked"), _("Answer them in public"), Role.MEMBER),
    ]


def _decide() -> list[Row]:
    return [
        ("decide:decide", _("Demands and decisions"), _("What we want, and what we decided"), Role.MEMBER),
        ("decide:principles", _("Principles"), _("Lines we do not cross"), Role.MEMBER),
        ("decide:further", _("Which changes more?"), _("Two demands side by side"), Role.MEMBER),
        ("decide:line", _("Compare demands"), _("Support and reach of each"), Role.MEMBER),
        ("decide:assessments", _("Is it time?"), _("What speaks for moving now"), Role.MEMBER),
        ("decide:motions", _("Motions"), _("Propose, amend and vote"), Role.MEMBER),
        ("decide:elections", _("Elections"), _("Choose between people or options"), Role.MEMBER),
        ("decide:plans", _("Plans"), _("Steps from a decision to a win"), Role.MEMBER),
        ("decide:promises", _("Promises and wins"), _("Who promised what, and what we won"), Role.MEMBER),
        ("decide:slogans", _("Slogans"), _("Try them on the street"), Role.MEMBER),
        ("decide:forces", _("Allies and opponents"), _("Where organisations stand"), Role.MEMBER),
        ("decide:unity", _("Points of unity"), _("What several organisations agree on"), Role.MEMBER),
    ]


def _call() -> list[Row]:
    return [
        ("call:calls", _("Calls"), _("What we ask people to come and do"), Role.MEMBER),
        ("call:stand_with", _("Calls of others"), _("Another organisation asked us to join"), Role.ORGANISER),
        ("call:how", _("Settings for calls"), _("Second reader, legal phone number, rights"), Role.ORGANISER),
    ]


def _act() -> list[Row]:
    return [
        ("act:events", _("Events"), _("What is planned, and who is coming"), Role.MEMBER),
        ("lists:lists", _("Phone lists"), _("Whom to call, one at a time"), Role.MEMBER),
        ("programmes:programmes", _("Programmes"), _("What you do every week"), Role.MEMBER),
        ("structure:tests", _("Structure tests"), _("How many really take part"), Role.MEMBER),
        ("legal:desk", _("Legal desk"), _("Hotline, arrests and observers"), Role.MEMBER),
    ]


def _learn() -> list[Row]:
    return [
        ("learn:reviews", _("Reviews and lessons"), _("What worked, and why"), Role.MEMBER),
        ("learn:before", _("Before you plan"), _("What was learned from similar events"), Role.MEMBER),
        ("learn:pictures", _("In pictures"), _("Mood, momentum, who was heard, allies"), Role.MEMBER),
        ("learn:momentum", _("Momentum"), _("Who comes, who is new, who stays"), Role.MEMBER),
        ("learn:hypotheses", _("Long-term questions"), _("Checked again over years"), Role.MEMBER),
        ("learn:corrections", _("Corrections"), _("What you got wrong and put right"), Role.MEMBER),
        ("learn:take_in", _("Import a signed lesson"), _("From another chapter"), Role.ORGANISER),
        ("learn:give", _("Share with other chapters"), _("Templates and texts"), Role.ORGANISER),
    ]


def _people() -> list[Row]:
    return [
        ("people:people", _("Everyone"), _("By section, with their next step"), Role.MEMBER),
        ("people:monday", _("Your week"), _("Whom to call, and why"), Role.ORGANISER),
        ("people:mandates", _("Mandates"), _("Who is in charge of what"), Role.MEMBER),
        ("people:ladder", _("Levels of involvement"), _("From first contact to organiser"), Role.MEMBER),
        ("people:study", _("Learning together"), _("Who can teach what"), Role.MEMBER),
        ("people:bring", _("Import a list"), _("From a file, with a preview"), Role.HOLDER),
        ("people:take_out", _("Export contacts"), _("Two key-holders agree to it"), Role.HOLDER),
    ]


def _guard() -> list[Row]:
    return [
        ("guard:guard", _("Security"), _("How things stand, in five rows"), Role.ORGANISER),
        ("guard:members", _("Who can log in"), _("Members, invitations, key-holders"), Role.ORGANISER),
        ("guard:contacts", _("Names and numbers"), _("Locked or not, small numbers"), Role.ORGANISER),
        ("guard:paper", _("Paper backup of the key"), _("For the day nobody can log in"), Role.ORGANISER),
        ("guard:face", _("Our mark and colour"), _("On pages, posters and pictures"), Role.HOLDER),
        ("guard:keeping", _("What we keep"), _("Deleting, exporting, legal hold"), Role.ORGANISER),
        ("guard:record", _("The record"), _("The activity log and the backups"), Role.ORGANISER),
        ("guard:vouch", _("Vouch in person"), _("A code read aloud"), Role.ORGANISER),
        ("keys:keys", _("Other programs"), _("What they may read here"), Role.ORGANISER),
    ]


SHELVES = {
    "listen": _listen,
    "sumup": _sumup,
    "decide": _decide,
    "call": _call,
    "act": _act,
    "learn": _learn,
    "people": _people,
    "guard": _guard,
}
