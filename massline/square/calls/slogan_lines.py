"""Line breaks of a slogan by its sense: sentences begin on lines of their own, and short words keep to their neighbours."""

import re

# Scripts that put no space between words, so that a slogan may break anywhere.
UNSPACED = {"zh", "ja", "th", "lo", "km", "my"}
NO_BREAK = "\u00a0"
# A sentence or a part of one ends here, in Latin, Arabic and Chinese script.
ENDS = re.compile(r"(?<=[.!?;:…؟؛。！？])\s+")
# Words of so many letters hang on the next one: articles, prepositions, pronouns.
SHORT = 3
# So many characters may hang together; longer ones would make every letter of a poster small.
MOST_TOGETHER = 14
# So many sentences may have lines of their own.
MOST_SENTENCES = 3


def break_slogan(slogan: str, *, is_spaced: bool = True) -> str:
    """Return a slogan with newlines between sentences and no-break spaces where a line may not end.

    Scripts without spaces between words are left as they are.
    """
    words = " ".join(slogan.split())
    if not is_spaced:
        return words
    sentences = [part for part in ENDS.split(words) if part]
    joint = "\n" if len(sentences) <= MOST_SENTENCES else " "
    return joint.join(_bind(sentence.split(" ")) for sentence in sentences)


def _bind(words: list[str]) -> str:
    """Join words that belong together by no-break spaces."""
    groups: list[str] = []
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        hangs = bool(groups) and (
            _is_short(groups[-1].rsplit(NO_BREAK, 1)[-1]) or (is_last and len(word) <= 5)
        )
        if hangs and len(groups[-1]) + 1 + len(word) <= MOST_TOGETHER:
            groups[-1] += NO_BREAK + word
        else:
            groups.append(word)
    return " ".join(groups)


def _is_short(word: str) -> bool:
    return sum(character.isalpha() for character in word) <= SHORT
