"""The country of phone numbers that are written without one: chosen, or guessed from the installation or the time zone."""

from functools import cache
from importlib.resources import files

import phonenumbers
from django.conf import settings


def calling_countries() -> list[tuple[str, str]]:
    """Every country with its calling code, as a form offers it: ("DE", "DE +49")."""
    return [
        (country, f"{country} +{phonenumbers.country_code_for_region(country)}")
        for country in sorted(phonenumbers.SUPPORTED_REGIONS)
    ]


def phone_country(chosen: str, timezone_name: str) -> str:
    """The country (ISO 3166) of numbers without one; empty where nothing tells it.

    What an organisation chose counts first, then MASSLINE_SMS_COUNTRY, then the country of the time zone.
    """
    return chosen or _of_installation(settings.SMS_COUNTRY) or country_of_time_zone(timezone_name)


def country_of_time_zone(timezone_name: str) -> str:
    """The country in which a time zone lies; empty for one of no country, such as UTC.

    >>> country_of_time_zone("Europe/Berlin"), country_of_time_zone("UTC")
    ('DE', '')
    """
    return _countries_by_zone().get(timezone_name, "")


def time_zone_of_country(country: str) -> str:
    """The time zone of a country, the first that the IANA database names for it; empty for an unknown one.

    >>> time_zone_of_country("IE"), time_zone_of_country("")
    ('Europe/Dublin', '')
    """
    return next((zone for zone, other in _countries_by_zone().items() if other == country.upper()), "")


def _of_installation(written: str) -> str:
    """The setting as a country: it may be a calling code, such as +49, or a country, such as DE."""
    digits = written.strip().lstrip("+0")
    if digits.isdigit():
        country = phonenumbers.region_code_for_country_code(int(digits))
        return (
            ""
            if country in (phonenumbers.UNKNOWN_REGION, phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY)
            else country
        )
    return written.strip().upper() if written.strip().upper() in phonenumbers.SUPPORTED_REGIONS else ""


@cache
def _countries_by_zone() -> dict[str, str]:
    """Time zones by the country that the IANA database names for them (zone.tab)."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {zone: country for country, _place, zone, *_comment in rows}
