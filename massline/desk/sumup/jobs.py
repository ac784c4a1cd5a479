"""Jobs that renew the estimates of themes, mood and trends."""

from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.job_scope import organisation_key_of_row
from massline.desk.people.models import Organisation
from massline.desk.sumup.estimates import mood, pulse, themes
from massline.engine import ENGINE_VERSION
from massline.jobs.lanes import ESTIMATES
from massline.jobs.registry import every, job


@job(
    "sumup.find_themes",
    repeatable=True,
    lane=ESTIMATES,
    owner=lambda round_pk: organisation_key_of_row(ListeningRound, pk=round_pk),
)
def find_themes(round_pk: int) -> None:
    themes.take_theme_snapshot(ListeningRound.objects.select_related("organisation").get(pk=round_pk))


@job("sumup.take_mood", repeatable=True, lane=ESTIMATES, owner=lambda organisation_pk: organisation_pk)
def take_mood(organisation_pk: int) -> None:
    mood.take_mood_snapshot(Organisation.objects.get(pk=organisation_pk))


@job("sumup.take_pulse", repeatable=True, lane=ESTIMATES, owner=lambda organisation_pk: organisation_pk)
def take_pulse(organisation_pk: int) -> None:
    pulse.take_organisation_pulse(Organisation.objects.get(pk=organisation_pk))


@every(minutes=60, database="desk", lane=ESTIMATES)
def look_at_watches() -> None:
    for organisation in Organisation.objects.filter(watches__ended_on=None).distinct():
        pulse.request_pulse(organisation)


@every(minutes=60, database="desk", lane=ESTIMATES)
def look_at_open_rounds() -> None:
    """Request the estimates of open rounds; without new texts the last estimate stays."""
    for round_ in ListeningRound.objects.open().select_related("organisation"):
        themes.request_themes(round_)
        mood.request_mood(round_.organisation)


@every(minutes=60, database="desk", lane=ESTIMATES)
def renew_older_moods() -> None:
    """Request the mood of organisations that the present engine version has not estimated, also without an open round."""
    drawn = Organisation.objects.filter(mood_snapshots__isnull=False)
    for organisation in drawn.exclude(mood_snapshots__engine_version=ENGINE_VERSION).distinct():
        mood.request_mood(organisation)


@every(minutes=24 * 60, database="desk", lane=ESTIMATES)
def renew_older_themes() -> None:
    """Request the themes of rounds, closed ones too, that the present engine version has not estimated."""
    drawn = ListeningRound.objects.filter(theme_snapshots__isnull=False)
    for round_ in drawn.exclude(theme_snapshots__engine_version=ENGINE_VERSION).distinct():
        if themes.has_kept_its_texts(round_):
            themes.request_themes(round_)
