"""A lot document as a page: who was drawn, and how equal the chances were."""

from massline.engine.lot import LotDocument
from massline.files.html_page import build_page, section, table
from massline.files.number_phrases import _, ngettext, number_phrase, people_phrase, percent_phrase


def lot_page(document: LotDocument) -> str:
    """Set the page of a `massline.lot/1` document."""
    result = document.result
    parts = []
    if result.drawn:
        rows = [(number_phrase(place), id) for place, id in enumerate(result.drawn.people, start=1)]
        parts.append(section(_("The panel"), table([_("Position"), _("Id")], rows), part="drawn"))
    quotas = [
        (q.feature, q.value, number_phrase(q.least), number_phrase(q.most), f"{q.expected:.1f}")
        for q in result.quotas
    ]
    head = [_("Feature"), _("Value"), _("At least"), _("At most"), _("On average over all panels")]
    parts.append(section(_("The quotas"), table(head, quotas), part="quotas"))
    note = _(
        "Publish the list before the dice are thrown. Five dice, read one after another, name its row. This number "
        "proves that nobody changed the list:"
    )
    proof = table(["SHA-256"], [(result.list_sha256,)])
    parts.append(section(_("The list of panels"), proof, note=note, part="list"))
    return build_page(
        title=_title(document),
        kicker=_("Drawn by lot"),
        lead=summary(document)[1:],
        parts=parts,
        document=document,
    )


def summary(document: LotDocument) -> list[str]:
    """The lot in sentences."""
    result = document.result
    sentences = [
        _title(document) + ".",
        _(
            "Everybody’s chance lies between {least} and {greatest}; without quotas it would be {equal}."
        ).format(
            least=percent_phrase(result.least_chance),
            greatest=percent_phrase(result.greatest_chance),
            equal=percent_phrase(result.equal_chance),
        ),
    ]
    if result.shut_out:
        sentences.append(
            ngettext(
                "{n} person cannot be drawn at all: no panel within the quotas has room for them.",
                "{n} people cannot be drawn at all: no panel within the quotas has room for them.",
                result.shut_out,
            ).format(n=number_phrase(result.shut_out))
        )
    if result.drawn:
        sentences.append(
            _("The dice showed {dice}: {names}.").format(
                dice=result.drawn.dice, names=", ".join(result.drawn.people)
            )
        )
    return sentences


def _title(document: LotDocument) -> str:
    size, pool = document.result.size, people_phrase(document.rests_on.people)
    if document.result.drawn:
        return _("{size} drawn from {people}").format(size=number_phrase(size), people=pool)
    return _("Ready to draw {size} from {people}").format(size=number_phrase(size), people=pool)
