"""The encoding of a text file: told by its marks and bytes, and where these leave it open, by the letters it would hold.

Tables are short and their letters few, so statistics of running text (charset-normalizer) name the right one for half of
ours. Here each encoding is judged by the alphabets it was made for; a tie goes to the one that is used most.
"""

import re
from dataclasses import dataclass

SAMPLE = 64 * 1024
_WEST = ("äöüß", "áéíóúüñ", "àâæçéèêëîïôœùûÿ", "ãõáéíóúâêôàç", "åäöæøé", "àèéìòù", "áðéíóúýþæö", "éëïóöü")
_CYRILLIC = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
)
_CYRILLIC_VOWELS = frozenset("аеёиоуыэюяіїє")
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيپچژگًٌٍَُِّ،؛؟"
# Every encoding with the alphabets of the languages it is used for, the commonest first.
ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1252": _WEST,
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîșțşţ", "čšžćđ", "áäčďéíĺľňóôŕšťúýž"),
    "cp1251": _CYRILLIC,
    "cp1254": ("ğışçöüâîûi̇",),
    "cp1256": (_ARABIC,),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ",),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
    "mac_roman": _WEST,
    "cp850": _WEST,
    "koi8_r": _CYRILLIC,
    "iso8859_15": _WEST,
}
WIDE = ("shift_jis", "euc_kr", "gb18030", "big5", "euc_jp")
_OTHER_SCRIPTS = frozenset({"cp1251", "cp1253", "cp1255", "cp1256", "koi8_r"})
# Signs of typed text in any language.
_SIGNS = frozenset("“”„‘’‚«»‹›–—…€£°·•§©®™¿¡´ªº№×½¼¾²³±µ\u00a0")
_WORD = re.compile(r"[^\W\d_]+")
# Choices a person is offered where the letters look wrong.
CHOICES = ("utf-8", *ALPHABETS, *WIDE, "utf-16")


@dataclass(frozen=True)
class Decoded:
    """A text and its encoding. `sure` is False where other encodings would read it too."""

    text: str
    encoding: str
    sure: bool = True


def decode(content: bytes, *, encoding: str = "") -> Decoded:
    """Decode a file, in the encoding somebody chose or the one that its bytes tell. Never fails."""
    if encoding:
        return Decoded(content.decode(encoding, "replace").removeprefix("\ufeff"), encoding)
    marked = _marked(content)
    if marked:
        return Decoded(content.decode(marked, "replace").removeprefix("\ufeff"), marked)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as problem:
        if _is_broken_utf_8(content, problem):
            return Decoded(content.decode("utf-8", "replace"), "utf-8", sure=False)
    best = _best(content[:SAMPLE])
    return Decoded(content.decode(best, "replace"), best, sure=False)


def _marked(content: bytes) -> str:
    """The encoding that a byte order mark names, or the zero bytes of Latin letters in UTF-16."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return name
    head = content[:400]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) > 3 and max(even, odd) > len(head) // 5 and min(even, odd) == 0:
        return "utf-16-be" if even else "utf-16-le"
    return ""


def _is_broken_utf_8(content: bytes, problem: UnicodeDecodeError) -> bool:
    """True where most signs beyond ASCII are whole in UTF-8, as in a file that was cut or joined."""
    sample = content[:SAMPLE] if problem.start < SAMPLE else content
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(sign > "\x7f" and sign != "\ufffd" for sign in text)
    return whole > 3 * broken


def _best(sample: bytes) -> str:
    scored = [(_score(sample, name), -place, name) for place, name in enumerate((*ALPHABETS, *WIDE))]
    return max(scored)[2]


def _score(sample: bytes, encoding: str) -> float:
    """The share of signs beyond ASCII that the encoding's languages use; lower where one cannot be decoded."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as problem:
        if problem.start < len(sample) - 4:
            return -1.0
        text = sample[: problem.start].decode(encoding)
    foreign = [sign for sign in text if sign > "\x7f"]
    letters = [sign for sign in foreign if sign not in _SIGNS]
    if not foreign:
        return 0.0
    if encoding in WIDE:
        return sum(map(_is_east_asian, foreign)) / len(foreign) - _rare(foreign, encoding)
    told = _told(text, encoding) + 0.9 * (len(foreign) - len(letters))
    small = sum(not sign.isupper() for sign in letters) / max(len(letters), 1)
    # Words are mostly in small letters: KOI8 and Windows-1251 differ in case alone.
    return told / len(foreign) + 0.01 * small


def _told(text: str, encoding: str) -> float:
    """How many letters beyond ASCII the best of the encoding's languages knows, in words that it could write."""
    letters: list[str] = []
    alphabets = ALPHABETS[encoding]
    for word in _WORD.findall(text):
        plain = sum(sign < "\x80" for sign in word)
        mixed = 0 < plain < len(word) if encoding in _OTHER_SCRIPTS else plain * 3 < len(word)
        silent = alphabets is _CYRILLIC and len(word) > 1 and _CYRILLIC_VOWELS.isdisjoint(word.lower())
        if not mixed and not silent:
            letters += [sign.lower() for sign in word if sign > "\x7f"]
    best = max(sum(letter in alphabet for letter in letters) for alphabet in alphabets)
    # A list may hold names of several languages.
    union = 0.85 if alphabets is _WEST else 0.7
    return max(best, union * sum(letter in "".join(alphabets) for letter in letters))


def _is_east_asian(sign: str) -> bool:
    return (
        "\u3000" <= sign <= "\u30ff"
        or "\u4e00" <= sign <= "\u9fff"
        or "\uac00" <= sign <= "\ud7a3"
        or ("\uff01" <= sign <= "\uff60")
    )


def _rare(signs: list[str], encoding: str) -> float:
    """A doubt about signs that are rare in running text of the encoding's language."""
    if encoding == "euc_kr":
        return 1 - sum("\uac00" <= sign <= "\ud7a3" for sign in signs) / len(signs)
    if encoding in {"shift_jis", "euc_jp"}:
        return 0.3 if not any("\u3040" <= sign <= "\u30ff" for sign in signs) else 0.05
    # The first level of GB 2312 and of Big5 holds the common signs; both sort them before all others.
    codes = [sign.encode(encoding)[0] for sign in signs if _is_east_asian(sign)]
    low, high = (0xB0, 0xD7) if encoding == "gb18030" else (0xA4, 0xC6)
    return 0.25 * (1 - sum(low <= code <= high for code in codes) / max(len(codes), 1))
