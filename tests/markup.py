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
ATTRIBUTES_END = re.compile(r"(<[a-z][^<>]*?) >")
# Where white space is shown as it was written: fields, and people's own words.
SHOWN_AS_WRITTEN = re.compile(
    r'(?P<tag><(?P<name>textarea|pre)\b[^>]*>|<(?P<exact>\w+)\b[^>]*\bclass="[^"]*\bexact\b[^"]*"[^>]*>)'
    r"(?P<within>.*?)(?P<close></(?:(?P=name)|(?P=exact))>)",
    re.DOTALL,
)


def folded(page: str) -> str:
    """Write a page without the white space that only lays out its source."""
    kept: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        kept.append(found["within"])
        return f"{found['tag']}\0{found['close']}"

    plain = re.sub(r"\s+", " ", SHOWN_AS_WRITTEN.sub(put_aside, page))
    plain = BESIDE_A_BLOCK.sub(r"\1", ATTRIBUTES_END.sub(r"\1>", plain))
    plain = INSIDE_A_BUTTON.sub(lambda found: found[1] or "", plain)
    words = iter(kept)
    return re.sub("\0", lambda _: next(words), plain)
