"""Pages as a browser reads them: white space folded, and none where a line begins or ends."""

import re

# Elements that begin a line of their own; white space beside them is not shown.
BLOCKS = (
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 head header hr html legend li link main meta nav ol option p script section select summary table "
    "tbody td th thead title tr ul"
)
BESIDE_A_BLOCK = re.compile(
    rf' ?(</?(?:{"|".join(BLOCKS.split())})\b(?:[^>"]|"[^"]*")*>|<input type="hidden"[^>]*>) ?'
)
INSIDE_A_BUTTON = re.compile(r"(<button\b[^>]*>) | (?=</button>)")
KEPT_AS_IT_IS = re.compile(r"(<(?:textarea|pre)\b.*?</(?:textarea|pre)>)", re.DOTALL)
ATTRIBUTES_END = re.compile(r"(<[a-z][^<>]*?) >")


def folded(page: str) -> str:
    """Write a page without the white space that only lays out its source."""
    parts = KEPT_AS_IT_IS.split(page)
    parts[::2] = [_folded(part) for part in parts[::2]]
    return "".join(parts)


def _folded(part: str) -> str:
    part = ATTRIBUTES_END.sub(r"\1>", re.sub(r"\s+", " ", part))
    return INSIDE_A_BUTTON.sub(lambda found: found[1] or "", BESIDE_A_BLOCK.sub(r"\1", part))
