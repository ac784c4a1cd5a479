"""Days and hours as they are written on every page, sheet and message."""

from datetime import date, datetime

from django.utils import formats, timezone, translation

from massline.core.phone_countries import country_of_time_zone
from massline.core.time_zones import in_active_zone

# Languages whose readers say hours by twelve, and countries whose readers of English do (CLDR).
TWELVE_HOUR_LANGUAGES = {"ar", "bn", "hi", "ta", "ur"}
TWELVE_HOUR_COUNTRIES = {"AU", "BD", "CA", "EG", "IN", "MY", "NZ", "PH", "PK", "US"}


def format_hour(moment: datetime) -> str:
    """The hour in the active zone: "18:30", or "6:30 p.m." where the language or the place counts to twelve."""
    return formats.date_format(in_active_zone(moment), "g:i a" if _counts_to_twelve() else "H:i")


def format_day(day: date) -> str:
    """A day as "5 December", with the year if it is not this one."""
    if is_this_year(day):
        return formats.date_format(day, fix_english_day_order("j F", "MONTH_DAY_FORMAT"))
    return formats.date_format(day, fix_english_day_order("j F Y", "DATE_FORMAT"))


def format_short_day(day: date) -> str:
    """A day as "5 Dec" for a narrow place, with the year if it is not this one."""
    if _language().startswith("zh"):
        return formats.date_format(day, "n月j日" if is_this_year(day) else "Y年n月j日")
    return formats.date_format(day, "j M" if is_this_year(day) else "j M Y")


def is_this_year(day: date) -> bool:
    return day.year == timezone.localdate().year


def fix_english_day_order(english: str, name: str) -> str:
    """Write days the way the language does; English ones as "26 November", wherever it is read."""
    return english if _language().startswith("en") else name


def zone_place_name() -> str:
    """The place that the active time zone is named after, such as "Berlin"; "UTC" where it is none."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")


def _counts_to_twelve() -> bool:
    language = _language().split("-")[0]
    if language == "en":
        return country_of_time_zone(str(timezone.get_current_timezone())) in TWELVE_HOUR_COUNTRIES
    return language in TWELVE_HOUR_LANGUAGES


def _language() -> str:
    return translation.get_language() or "en"
