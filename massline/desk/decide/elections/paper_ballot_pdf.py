"""Paper ballots to print: the options numbered, a box beside each. No ballot has a number of its own."""

import json
from datetime import UTC, datetime, time
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.decide.elections.models import Election
from massline.web import pdf
from massline.web.language_choice import base_language, in_language
from massline.web.templatetags.massline import direction

TEMPLATE = Path(__file__).parent / "paper_ballot.typ"
# As many options fit on half a page where the sentence about each takes a line.
MOST_ON_HALF_A_PAGE, LONGEST_ON_ONE_LINE = 6, 90


def render_paper_ballots(election: Election, papers: int) -> bytes:
    """Lay out so many ballots in the organisation's language."""
    organisation = election.organisation
    method = election.counting_method
    is_half = len(election.options) <= MOST_ON_HALF_A_PAGE and all(
        len(option["line"]) <= LONGEST_ON_ONE_LINE for option in election.options
    )
    with in_language(organisation.language):
        if not method.is_ranked:
            how = _("Mark every option you accept with a cross.")
        elif method.allows_equal_ranks:
            how = _(
                "Write 1 beside the option you like best, then 2, 3 and so on. Leave out whom you don’t want."
            )
        else:
            how = _("Write 1 beside the option you like best, then 2, 3 and so on, each number once.")
        facts = {
            "lang": base_language(organisation.language),
            "dir": direction(organisation.language),
            "organisation": organisation.name,
            "title": election.title,
            "how": how,
            "rule": _("Do not sign it. Fold it and put it in the box yourself."),
            "options": election.options,
            "papers": papers,
            "on_page": 2 if is_half else 1,
            "size": 13 if is_half else 12,
        }
        text = pdf.remove_pictures(json.dumps(facts, ensure_ascii=False))
        made_on = datetime.combine(timezone.localdate(), time.min, UTC)
        return pdf.render_pdf(TEMPLATE, {"facts": text}, seconds=int(made_on.timestamp()), every_letter=True)
