"""Parts of a report that published decisions and points of unity share."""

from datetime import date

from django.utils import formats

from massline.square.reports import actions as reports

EMPTY_BASIS = reports.ReportBasis(voices=0, people=0, participants=0, votes=0, sections=0, sections_of=0)


def format_day_with_year(day: date) -> str:
    return formats.date_format(day, "j F Y")
