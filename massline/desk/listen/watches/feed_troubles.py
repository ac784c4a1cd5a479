"""What can be wrong with an address that is fetched, kept as a code and written out in the language of the page."""

from django.utils.translation import gettext as _

NOT_WELL_FORMED = "not-well-formed"
NO_FEED = "no-feed"
TOO_DEEP = "too-deep"
UNREADABLE_JSON = "unreadable-json"
UNREADABLE_CALENDAR = "unreadable-calendar"
CALENDAR_TOO_LARGE = "calendar-too-large"
TOO_LARGE = "too-large"
NOT_HTTP = "not-http"
PRIVATE_ADDRESS = "private-address"
NO_ANSWER = "no-answer"
GONE = "gone"
ERROR_STATUS = "error-status"


def explain_trouble(kept: str) -> str:
    """The sentence for what is kept, a code and for some a number after it; empty where nothing is wrong.

    An unknown code, as a newer version may have left it, is told as no answer.
    """
    code, _space, number = kept.partition(" ")
    if not code:
        return ""
    sentences = {
        NOT_WELL_FORMED: _("This feed is faulty XML. We read as much of it as can be read."),
        NO_FEED: _("What came is no feed in RSS or Atom."),
        TOO_DEEP: _("What came is nested far deeper than a feed."),
        UNREADABLE_JSON: _("What came is a JSON feed that cannot be read."),
        UNREADABLE_CALENDAR: _("What came is a calendar that cannot be read."),
        CALENDAR_TOO_LARGE: _(
            "This calendar is larger than 4 MB or has too many lines. Export a shorter time and send it again."
        ),
        TOO_LARGE: _("It sends more than 4 MiB; that is no feed of news."),
        NOT_HTTP: _("Only addresses that begin with http or https can be used."),
        PRIVATE_ADDRESS: _("This address is in our own network. Use a public address."),
        GONE: _("It says that it is gone for good."),
        ERROR_STATUS: _("It answered with error %(number)s.") % {"number": number},
    }
    return sentences.get(code) or _("It did not answer.")
