"""Phrases of one to three words that a theme's people use, counted by person, not by repetition."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from massline.engine.themes.inputs import Wording
from massline.engine.themes.stemming import stem_word
from massline.engine.themes.stopwords import FUNCTION_SIGNS, stopwords
from massline.engine.themes.tokens import join_pairs

LONGEST = 3
_HARDLY_ANYBODY = 5


@dataclass
class Phrases:
    """Counts of one theme: people by phrase, and how the phrase was written."""

    people: Counter[str] = field(default_factory=Counter)
    forms: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, key: str, form: str, people: int) -> None:
        self.people[key] = self.people.get(key, 0) + people
        forms = self.forms.get(key)
        if forms is None:
            self.forms[key] = {form: people}
        else:
            forms[form] = forms.get(form, 0) + people

    def shown(self, key: str) -> str:
        """The form most people used; of equals the first in the alphabet."""
        return min(self.forms[key].items(), key=lambda item: (-item[1], item[0]))[0]

    def kept(self, keys: Sequence[str]) -> "Phrases":
        return Phrases(
            Counter({key: self.people[key] for key in keys}), {key: self.forms[key] for key in keys}
        )


def count_phrases(
    nodes: Sequence[Wording], tokens: Sequence[Sequence[str]], spread: frozenset[str]
) -> Phrases:
    """Phrases of one theme's wordings. A person who says a thing in five ways counts once for it.

    Phrases that begin or end with a word of one person alone are passed over, unless hardly anybody is there.
    """
    stems = [
        [stem_word(word, node.language) for word in said] for node, said in zip(nodes, tokens, strict=True)
    ]
    used: Counter[str] = Counter()
    for node, keys in zip(nodes, stems, strict=True):
        for key in set(keys):
            used[key] += len(node.people)
    speaks_again = Counter(person for node in nodes for person in node.people)
    least = 2 if len(speaks_again) > _HARDLY_ANYBODY else 1
    heard: dict[str, set[str]] = {}
    out = Phrases()
    for node, said, keys in zip(nodes, tokens, stems, strict=True):
        opens = [
            used[key] >= least and is_content_word(word, node.language, spread)
            for word, key in zip(said, keys, strict=True)
        ]
        once = sum(1 for person in node.people if speaks_again[person] == 1)
        again = sorted(person for person in node.people if speaks_again[person] > 1)
        for phrase, form in dict(_phrases_in(said, keys, opens)).items():
            fresh = once
            for person in again:
                before = heard.setdefault(person, set())
                if phrase not in before:
                    before.add(phrase)
                    fresh += 1
            if fresh:
                out.add(phrase, form, fresh)
    return out


def is_content_word(word: str, language: str, spread: frozenset[str]) -> bool:
    """True if a phrase may begin or end with this word."""
    return (
        len(word) > 1
        and word not in spread
        and word not in stopwords(language)
        and FUNCTION_SIGNS.isdisjoint(word)
    )


def _phrases_in(
    tokens: Sequence[str], keys: Sequence[str], opens: Sequence[bool]
) -> Iterator[tuple[str, str]]:
    """(key, form) of each phrase of up to three words."""
    for start, begins in enumerate(opens):
        if begins:
            for stop in range(start + 1, min(len(tokens), start + LONGEST) + 1):
                if opens[stop - 1]:
                    yield " ".join(keys[start:stop]), join_pairs(tokens[start:stop])


def count_words_by_person(nodes: Sequence[Wording], tokens: Sequence[Sequence[str]]) -> Counter[str]:
    """Count a theme's people by word; repeats by one person within the theme are few and are not removed."""
    out: Counter[str] = Counter()
    for node, words in zip(nodes, tokens, strict=True):
        for word in set(words):
            out[word] += len(node.people)
    return out
