"""Lists of words and phrases of one language, written so that a speaker can read and correct them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def parse_word_set(text: str) -> frozenset[str]:
    """A set of words from a text with spaces between them."""
    return frozenset(text.split())


def parse_word_list(text: str) -> tuple[str, ...]:
    """Words or expressions from a text with spaces between them, in order."""
    return tuple(text.split())


def parse_number_words(text: str) -> dict[str, int]:
    """Number words from a text like "one=1 two=2"."""
    return {word: int(value) for word, value in (pair.split("=") for pair in text.split())}


@dataclass(frozen=True)
class NumberWords:
    """Number words of a language. Texts that may hold an inflection or a choice are regular expressions.

    Attributes
    ----------
    values, multipliers : words that add up ("twenty"), and words that multiply the ones before ("hundred").
    not_alone : words that mostly mean no number unless another number word follows ("one").
    fractions : phrases for a share of all.
    joint : expression for what may join two number words ("and").
    rough : phrases before a number that is only near.
    out_of, articles : expressions for "out of" and for an article after it.
    percent, percent_before : expressions for "per cent" behind a number or in front of it ("百分之八十").
    """

    values: Mapping[str, int] = field(default_factory=dict)
    multipliers: Mapping[str, int] = field(default_factory=dict)
    not_alone: frozenset[str] = frozenset()
    fractions: Mapping[str, float] = field(default_factory=dict)
    joint: str = ""
    rough: tuple[str, ...] = ()
    out_of: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    percent_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallWords:
    """Wording that leaves a call open or hides who acts, as regular expressions: hints for a writer, no verdict.

    Attributes
    ----------
    passive : verb forms without an agent ("was raised").
    nobody_acts : phrases in which things must happen by themselves ("must be lowered", "hay que").
    place_open, soon : a place or a day that is only promised.
    no_deed : wishes that nobody could watch being done ("raise awareness").
    imperatives, listing : verbs that tell people what to do, and what stands between two of them.
    coming : forms of "come", which may be followed by a second verb and still be one thing to do.
    conjunction, second_step : "and", and phrases that surely begin a second thing ("and then").
    """

    passive: str = ""
    nobody_acts: tuple[str, ...] = ()
    place_open: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()
    no_deed: tuple[str, ...] = ()
    imperatives: tuple[str, ...] = ()
    listing: str = ""
    coming: tuple[str, ...] = ()
    conjunction: str = ""
    second_step: str = ""


@dataclass(frozen=True)
class Language:
    """A language.

    Attributes
    ----------
    code : ISO 639, as in the settings and as language detection gives it.
    stop_words : words that name no theme.
    question_words : words that a question begins with.
    courtesy_titles : expressions for titles of a private person ("Mr").
    titles, titles_after : expressions for further words before and after a name ("Aunt", "先生").
    name_cues : expressions before which somebody says their own name ("my name is").
    name_particles : small words inside a name ("van").
    office_words : expressions for words in names of organisations and offices, never of people ("council").
    function_signs : single characters that say no more than a stop word, where words are not set apart.
    has_capitals, has_spaces : whether names are written with a capital, and words with spaces between them.
    """

    code: str
    stop_words: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()
    courtesy_titles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    titles_after: tuple[str, ...] = ()
    name_cues: tuple[str, ...] = ()
    name_particles: tuple[str, ...] = ()
    office_words: tuple[str, ...] = ()
    function_signs: frozenset[str] = frozenset()
    has_capitals: bool = True
    has_spaces: bool = True
    numbers: NumberWords = NumberWords()
    calls: CallWords = CallWords()
