"""The answers of a conversation kept in the worker's memory, and read again only where they may have changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from massline.square.conversations.models import Conversation
from massline.square.conversations.results.answer_arrays import (
    CODES,
    LEVELS,
    NOT_SHOWN,
    AnswerArrays,
    read_answers,
)
from massline.square.conversations.voting.change_marks import (
    RANGES,
    Marks,
    mark_all_changed,
    numbers_in,
    read_marks,
)

MOST_READ_AGAIN = RANGES // 4
Place = tuple[str, int] | None


@dataclass(eq=False)
class CachedAnswers:
    """Answers as they were when their marks were read; nothing of this is stored.

    Attributes
    ----------
    answers : None before they were read first
    marks : those that were there before the answers were read, so that nothing read is older than its mark
    moved : by level, answers that editions have let in or counted otherwise since they were read first
    """

    answers: AnswerArrays | None = None
    marks: Marks | None = None
    moved: Counter[str] = field(default_factory=Counter)

    def renew(self, conversation: Conversation) -> AnswerArrays:
        """Read what may have changed: a few ranges of people, or everybody."""
        marks = read_marks(conversation.pk)
        if marks is None:
            mark_all_changed(conversation.pk)
            marks = read_marks(conversation.pk)
        if self.answers is None or self.marks is None or marks is None:
            self.answers = read_answers(conversation)
        else:
            stale = np.flatnonzero(marks != self.marks)
            if len(stale) > MOST_READ_AGAIN:
                self.answers = read_answers(conversation)
            elif len(stale):
                self.answers = self.answers.renewed(conversation, numbers_in(stale))
        self.marks = marks
        return self.answers

    def note(self, conversation: Conversation, at: NDArray[np.int64], places: Sequence[Place]) -> None:
        """Note how some answers count in the edition that was just written, whose marks nobody else can have renewed."""
        if self.answers is None:
            return
        shown = [NOT_SHOWN if place is None else place[1] for place in places]
        level = [0 if place is None else CODES[place[0]] for place in places]
        left = self.answers.shown_level[at][self.answers.shown[at] != NOT_SHOWN]
        self.moved.update(LEVELS[code].value for code in left.tolist())
        self.moved.update(place[0] for place in places if place is not None)
        self.answers.count(at, level=np.array(level, np.int8), shown=np.array(shown, np.int8))
        self.marks = read_marks(conversation.pk)
