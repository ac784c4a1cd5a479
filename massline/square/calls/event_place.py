"""Where an event takes place, in words: at its place, online, or both."""

from django.utils.translation import gettext as _

from massline.square.calls.states import Joining


def describe_place(place: str, joining: str) -> str:
    """The place as pages, calendars and sheets say it, in the active language."""
    if joining == Joining.ONLINE:
        return _("Online (%(place)s)") % {"place": place} if place else _("Online")
    if joining == Joining.MIXED:
        return _("%(place)s, and online") % {"place": place} if place else _("In person and online")
    return place


def is_link_as_place(place: str, joining: str) -> bool:
    """Whether a place holds a link to an online room: a link among words is a map only where all meet in person."""
    is_bare = len(place.split()) == 1
    return "://" in place and (is_bare or joining != Joining.IN_PERSON)
