"""The voices of a round counted by section."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.source_material.material_selection import Selection


@dataclass(frozen=True)
class SectionVoices:
    """A section with its number of voices, and the selection that shows them alone."""

    name: str
    voices: int
    look: str
    is_here: bool


def list_section_voices(evidence: CitedData, look: Selection) -> list[SectionVoices]:
    """The sections of a round, each with its voices and the selection that shows them; `look` is what is shown now."""
    return [
        SectionVoices(
            name or _("No section"),
            n,
            look.to(section=str(pk or "none"), theme="", page=1),
            look.section == str(pk or "none"),
        )
        for pk, name, n in evidence.voices_by_section
    ]
