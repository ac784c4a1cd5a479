"""What a compartment follows in the world: a watch, a feed that answers and one that does not, days called for."""

from datetime import timedelta
from unittest.mock import patch

from django.utils import timezone

from massline.desk.listen.watches import actions as watching
from massline.desk.listen.watches.http_fetch import AddressUnreachable, FetchResult
from massline.desk.listen.watches.models import Feed, Watch
from massline.desk.sumup.estimates.pulse import take_organisation_pulse
from tests.wall.compartments import Compartment

RSS = """<rss version="2.0"><channel><title>News</title><item>
<title>Bailiffs came to the yard {mark}</title><link>https://news.example.org/{mark}</link></item></channel></rss>"""


def follow(home: Compartment) -> None:
    """Follow an issue by hand, by feed and by what others call for."""
    kept, by, today = home.marks.kept, home.organiser, timezone.localdate()
    watch = watching.track_issue(
        organisation=home.organisation,
        name=f"Evictions {Watch.objects.count()} {kept}",
        words=f"bailiffs, {kept}",
        by=by,
    )
    watching.record_event(
        watch=watch, day=today, title=f"Locks {kept}", place=f"The yard {kept}", by=home.member
    )
    watching.record_announcement(watch=watch, day=today + timedelta(days=5), title=f"In court {kept}", by=by)
    home.rows |= {"watch": watch.pk, "watched": watch.events.get().pk}
    came = FetchResult(RSS.format(mark=kept).encode(), etag=f'"{kept}"', modified=f"Sunday {kept}")
    home.rows["feed"] = _asked(watch, home, "news", came).pk
    _asked(watch, home, "gone", AddressUnreachable(f"no-answer {kept}"))
    take_organisation_pulse(home.organisation)


def _asked(watch: Watch, home: Compartment, name: str, what: FetchResult | AddressUnreachable) -> Feed:
    """Ask a feed; what comes from outside is all that is made up here."""
    feed = watching.add_feed(
        watch=watch, url=f"https://{name}.example.org/{home.marks.kept}", by=home.organiser
    )
    with patch("massline.desk.listen.watches.actions.fetch_url", side_effect=[what]):
        watching.fetch_feed(feed)
    return feed
