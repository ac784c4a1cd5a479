"""Cards that say what the law is here, until when somebody has looked, and print for the wallet."""

import json
from datetime import date
from pathlib import Path
from typing import TypedDict

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from massline.core.refusal import refuse
from massline.desk.act.legal import rules
from massline.desk.act.legal.models import RightsCard
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.web import pdf as web_pdf
from massline.web.templatetags.massline import direction, on_day

TEMPLATE = Path(__file__).parent / "card.typ"


class CardFacts(TypedDict):
    """What a card says; `lines` one to a line, `as_of` when it was checked, `review_on` until when it is good."""

    title: str
    place: str
    lines: str
    lawyer: str
    hotline: str
    as_of: date
    review_on: date


def write_card(
    *, organisation: Organisation, facts: CardFacts, by: Account, instead_of: RightsCard | None = None
) -> RightsCard:
    """Write a card, or the next version of one; the old version stays, and says that it is old."""
    refuse(
        ([rules.OldOnArrival()] if facts["review_on"] <= timezone.localdate() else [])
        + ([rules.Replaced()] if instead_of and instead_of.replaced_by_id else [])
    )
    with transaction.atomic(using="desk"):
        version = instead_of.version + 1 if instead_of else 1
        card = RightsCard.objects.create(organisation=organisation, version=version, **facts)
        if instead_of:
            instead_of.replaced_by = card
            instead_of.save(update_fields=["replaced_by"])
        chain.write(organisation, by, "wrote a card of rights", card)
    return card


def pdf(card: RightsCard) -> bytes:
    """Set eight wallet cards on one A4; an old one carries its warning in print too."""
    organisation = card.organisation
    with translation.override(organisation.language):
        facts = {
            "lang": organisation.language.split("-")[0],
            "dir": direction(organisation.language),
            "title": card.title,
            "lines": [one.strip() for one in card.lines.splitlines() if one.strip()],
            "hotline": card.hotline,
            "old": _("OLD: do not hand out") if card.is_old else "",
            "foot": _("%(place)s. Checked by %(lawyer)s on %(day)s. Good until %(review)s. Version %(n)d")
            % {
                "place": card.place,
                "lawyer": card.lawyer,
                "day": on_day(card.as_of),
                "review": on_day(card.review_on),
                "n": card.version,
            },
        }
    text = web_pdf.letters(json.dumps(facts, ensure_ascii=False))
    made = (card.as_of - date(1970, 1, 1)).days * 86_400
    return web_pdf.pdf(TEMPLATE, {"facts": text}, seconds=made, every_letter=True)
