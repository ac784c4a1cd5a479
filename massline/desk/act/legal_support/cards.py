"""Cards of rights: versions checked by a lawyer until a review date, and their print for the wallet."""

import json
from datetime import date
from pathlib import Path
from typing import TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.refusal import refuse
from massline.desk.act.legal_support import refusal_reasons
from massline.desk.act.legal_support.models import RightsCard
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.web import pdf as web_pdf
from massline.web.language_choice import base_language, in_language
from massline.web.templatetags.massline import direction, on_day

TEMPLATE = Path(__file__).parent / "card.typ"


class CardFacts(TypedDict):
    """Facts of a card: `lines` separated by line breaks, checked on `as_of`, valid until `review_on`."""

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
    """Write a card, or the next version of `instead_of`, which is kept and marked as replaced."""
    refuse(
        ([refusal_reasons.ReviewNotAhead()] if facts["review_on"] <= timezone.localdate() else [])
        + ([refusal_reasons.CardReplaced()] if instead_of and instead_of.replaced_by_id else [])
    )
    with transaction.atomic(using="desk"):
        version = instead_of.version + 1 if instead_of else 1
        card = RightsCard.objects.create(organisation=organisation, version=version, **facts)
        if instead_of:
            instead_of.replaced_by = card
            instead_of.save(update_fields=["replaced_by"])
        chain.append_line(organisation, by, "wrote a card of rights", card)
    return card


def render_cards(card: RightsCard) -> bytes:
    """Render eight wallet cards on one A4 sheet; an outdated card prints its warning too."""
    organisation = card.organisation
    with in_language(organisation.language):
        facts = {
            "lang": base_language(organisation.language),
            "dir": direction(organisation.language),
            "title": card.title,
            "lines": [line.strip() for line in card.lines.splitlines() if line.strip()],
            "hotline": card.hotline,
            "old": _("OUT OF DATE: do not hand out") if card.is_old else "",
            "foot": _("%(place)s. Checked by %(lawyer)s on %(day)s. Valid until %(review)s. Version %(n)d")
            % {
                "place": card.place,
                "lawyer": card.lawyer,
                "day": on_day(card.as_of),
                "review": on_day(card.review_on),
                "n": card.version,
            },
        }
    text = web_pdf.remove_pictures(json.dumps(facts, ensure_ascii=False))
    made = (card.as_of - date(1970, 1, 1)).days * 86_400
    return web_pdf.render_pdf(TEMPLATE, {"facts": text}, seconds=made, every_letter=True)
