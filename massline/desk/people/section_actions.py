"""Naming sections, and changing their names and headcounts."""

from django.db import transaction

from massline.desk.people.models import Account, Organisation, Section
from massline.desk.people.signals import row_changed


def add_section(*, organisation: Organisation, name: str, headcount: int, by: Account | None) -> Section:
    """Add a section; an existing name gets the new headcount."""
    with transaction.atomic(using="desk"):
        section, _made = Section.objects.update_or_create(
            organisation=organisation, name=name.strip(), defaults={"headcount": headcount}
        )
        row_changed.send(Section, organisation=organisation, by=by, verb="named a section", subject=section)
    return section


def change_section(*, section: Section, name: str, headcount: int, by: Account | None) -> Section:
    with transaction.atomic(using="desk"):
        section.name, section.headcount = name.strip(), headcount
        section.save()
        row_changed.send(
            Section, organisation=section.organisation, by=by, verb="changed a section", subject=section
        )
    return section
