"""Pages of tracked issues: their events, charts and sources, and the forms to change them."""

from collections.abc import Callable
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.watches import actions
from massline.desk.listen.watches.access import access_feed, access_watch, access_watched_event
from massline.desk.listen.watches.event_deduplication import ItemCounts
from massline.desk.listen.watches.feed_items import UnreadableItems
from massline.desk.listen.watches.forms import (
    AnnounceForm,
    CorrectEventForm,
    FeedForm,
    NoteForm,
    TableForm,
    WatchForm,
)
from massline.desk.listen.watches.models import ALARM_STANDS, Watch, WatchedEvent
from massline.desk.listen.watches.trend_words import Issue, status_in_words, trend_in_words
from massline.desk.people.choices import Role
from massline.web.ambiguous_values_form import is_month_first
from massline.web.charts.pulse import PulseWords, draw_pulse_chart
from massline.web.form_ids import give_own_ids
from massline.web.refusal_messages import form_errors
from massline.web.table_reading_options_form import FileChoicesForm
from massline.web.templatetags.massline import on_day

DRAWN_DAYS, DRAWN_ON_A_PHONE = 120, 60
EVENTS_PER_PAGE = 8
NAMED_ROWS = 5


def watches(request: DeskRequest, org: str) -> HttpResponse:
    organisation = access_organisation(request, org, need=Role.MEMBER)
    form = WatchForm(request.POST or None, organisation=organisation)
    if request.method == "POST":
        access_organisation(request, org, need=Role.ORGANISER)
        if form.is_valid():
            watch = actions.track_issue(organisation=organisation, by=request.user, **form.cleaned_data)
            return redirect("listen:watch", org, watch.pk)
    followed = Watch.objects.filter(organisation=organisation).annotate(feeds_count=Count("feeds"))
    week = timezone.localdate() - timedelta(days=6)
    recent = (
        WatchedEvent.objects.filter(watch__organisation=organisation, is_ours=True, day__gte=week)
        .values_list("watch")
        .annotate(n=Sum("count"))
    )
    counts = dict(recent)
    rows = [(watch, counts.get(watch.pk, 0)) for watch in followed]
    return render(request, "listen/watches.html", {"rows": rows, "form": form})


def watch(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    return _page(request, access_watch(request, org, pk, need=Role.MEMBER))


def _page(request: DeskRequest, watch: Watch, **given: forms.Form) -> HttpResponse:
    forms_ = {
        "feed_form": FeedForm(),
        "note_form": NoteForm(),
        "announce_form": AnnounceForm(),
        "table_form": TableForm(),
        "reading": FileChoicesForm(),
        **given,
    }
    give_own_ids(forms_)
    trend = _trend(watch)
    events = Paginator(watch.events.prefetch_related("articles"), EVENTS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "listen/watch.html",
        {
            "watch": watch,
            "alarm_since": _alarm_since(trend),
            "status": status_in_words(trend) if trend else "",
            "trend": trend_in_words(trend) if trend else "",
            "feeds": watch.feeds.all(),
            "events": events,
            "total": watch.events.filter(is_ours=True).aggregate(n=Sum("count"))["n"] or 0,
            "announced": watch.announcements.filter(day__gte=timezone.localdate()),
            "wide": _chart(watch, DRAWN_DAYS),
            "narrow": _chart(watch, DRAWN_ON_A_PHONE, narrow=True),
            **forms_,
        },
    )


def _trend(watch: Watch) -> Issue | None:
    """The issue in the newest estimate of the organisation's issues."""
    snapshot = watch.organisation.pulse_snapshots.order_by("-pk").first()  # a model of a later stage
    issues = snapshot.estimate.issues if snapshot else ()
    return next((issue for issue in issues if issue.issue == watch.name), None)


def _alarm_since(trend: Issue | None) -> date | None:
    """Day of the alarm, for as long as one can act on it."""
    day: date | None = getattr(trend, "alarm_since", None)
    return day if day and day > timezone.localdate() - ALARM_STANDS else None


def _chart(watch: Watch, drawn: int, *, narrow: bool = False) -> str:
    today = timezone.localdate()
    first = max(watch.since, today - timedelta(days=drawn - 1))
    days = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    sums = watch.events.filter(is_ours=True, day__gte=first).values_list("day").annotate(n=Sum("count"))
    counts = dict(sums)
    if not counts:
        return ""
    return draw_pulse_chart(
        [counts.get(day, 0) for day in days],
        None,
        words=PulseWords(on_day(first), on_day(today)),
        title=watch.name,
        desc=_("How often it happened, day by day."),
        id="days-narrow" if narrow else "days",
        narrow=narrow,
    )


def _submit(
    request: DeskRequest, watch: Watch, name: str, form: forms.Form, verb: Callable[..., object], notice: str
) -> HttpResponse:
    """Call `verb` with a valid form's data, or show the page again with the form's errors."""
    if not form.is_valid():
        return _page(request, watch, **{name: form})
    verb(watch=watch, by=request.user, **form.cleaned_data)
    messages.success(request, notice)
    return redirect("listen:watch", watch.organisation.slug, watch.pk)


@require_POST
def add_feed(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    watch = access_watch(request, org, pk, need=Role.ORGANISER)
    notice = _("Feed added. We check it within minutes, then every half hour.")
    return _submit(request, watch, "feed_form", FeedForm(request.POST), actions.add_feed, notice)


@require_POST
def follow_named_feed(request: DeskRequest, org: str, pk: int, feed: int) -> HttpResponse:
    page = access_feed(request, org, pk, feed, need=Role.ORGANISER)
    if page.named:
        actions.follow_named_feed(feed=page, by=request.user)
        messages.success(request, _("Feed added. We check it within minutes, then every half hour."))
    return redirect("listen:watch", org, pk)


@require_POST
def stop_following_feed(request: DeskRequest, org: str, pk: int, feed: int) -> HttpResponse:
    actions.stop_following_feed(
        feed=access_feed(request, org, pk, feed, need=Role.ORGANISER), by=request.user
    )
    messages.success(request, _("We no longer check this feed. What it told us stays."))
    return redirect("listen:watch", org, pk)


@require_POST
def record_event(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    watch = access_watch(request, org, pk, need=Role.MEMBER)
    return _submit(
        request, watch, "note_form", NoteForm(request.POST), actions.record_event, _("Event saved.")
    )


@require_POST
def record_announcement(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    watch = access_watch(request, org, pk, need=Role.MEMBER)
    notice = _("Date saved. The forecast uses it.")
    return _submit(
        request, watch, "announce_form", AnnounceForm(request.POST), actions.record_announcement, notice
    )


@require_POST
def import_table(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    watch = access_watch(request, org, pk, need=Role.ORGANISER)
    form, reading = TableForm(request.POST, request.FILES), FileChoicesForm(request.POST)
    if form.is_valid() and reading.is_valid():
        try:
            counts = actions.import_table(
                watch=watch,
                content=form.cleaned_data["table"],
                by=request.user,
                month_first=is_month_first(form.cleaned_data["day_order"]),
                choices=reading.choices(),
            )
        except UnreadableItems as problem:
            form.add_error("table", form_errors(problem))
        else:
            messages.success(request, _counts_sentence(counts))
            if counts.left_out:
                messages.error(request, _left_out_sentence(counts.left_out))
            return redirect("listen:watch", org, pk)
    return _page(request, watch, table_form=form, reading=reading)


def _counts_sentence(counts: ItemCounts) -> str:
    return _("%(new)d new events; %(known)d were already here.") % {
        "new": counts.events,
        "known": counts.known,
    }


def _left_out_sentence(left_out: list[str]) -> str:
    """Name the first rows that could not be read; a message travels in a cookie, which is small."""
    sentence = ngettext("%(n)d row was left out:", "%(n)d rows were left out:", len(left_out))
    return f"{sentence % {'n': len(left_out)}} {' '.join(left_out[:NAMED_ROWS])}"


@require_POST
def correct_event(request: DeskRequest, org: str, pk: int, event: int) -> HttpResponse:
    watched_event = access_watched_event(request, org, pk, event, need=Role.ORGANISER)
    form = CorrectEventForm(request.POST)
    if form.is_valid():
        actions.correct_event(event=watched_event, by=request.user, **form.cleaned_data)
    return redirect("listen:watch", org, pk)
