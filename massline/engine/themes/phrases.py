"""Which phrases of one to three words each theme's people use, counted by person and never by repetition."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from massline.engine.themes.inputs import Node
from massline.engine.themes.stems import stem
from massline.engine.themes.stopwords import stopwords

LONGEST = 3


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


def phrases_in(tokens: Sequence[str], language: str, spread: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(key, form) of each phrase that neither begins nor ends with a word that names nothing."""
    stops = stopwords(language)
    content = [len(token) > 1 and token not in stops and token not in spread for token in tokens]
    stems = [stem(token, language) for token in tokens]
    for start, opens in enumerate(content):
        if opens:
            for stop in range(start + 1, min(len(tokens), start + LONGEST) + 1):
                if content[stop - 1]:
                    yield " ".join(stems[start:stop]), " ".join(tokens[start:stop])


def counted(nodes: Sequence[Node], tokens: Sequence[Sequence[str]], spread: frozenset[str]) -> Phrases:
    """Phrases of one theme's wordings. A person who says a thing in five ways counts once for it."""
    speaks_again = Counter(person for node in nodes for person in node.people)
    heard: dict[str, set[str]] = {}
    out = Phrases()
    for node, words in zip(nodes, tokens, strict=True):
        once = sum(1 for person in node.people if speaks_again[person] == 1)
        again = sorted(person for person in node.people if speaks_again[person] > 1)
        for key, form in dict(phrases_in(words, node.language, spread)).items():
            fresh = once
            for person in again:
                said = heard.setdefault(person, set())
                if key not in said:
                    said.add(key)
                    fresh += 1
            if fresh:
                out.add(key, form, fresh)
    return out


def words_by_person(nodes: Sequence[Node], tokens: Sequence[Sequence[str]]) -> Counter[str]:
    """How many of a theme's people use each word; repeats of one person within the theme are few and let be."""
    out: Counter[str] = Counter()
    for node, words in zip(nodes, tokens, strict=True):
        for word in set(words):
            out[word] += len(node.people)
    return out
