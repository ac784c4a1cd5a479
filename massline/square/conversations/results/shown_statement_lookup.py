"""The statements of a conversation that are shown: all by number, and the words of those that a page needs."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from massline.square.conversations.models import Conversation, Statement


class ShownStatements:
    """What is shown today; words are fetched for the statements that are asked for, many at once."""

    def __init__(self, conversation: Conversation, at_hand: Iterable[Statement] | None = None) -> None:
        self._conversation = conversation
        self._whole = at_hand is not None
        self._words = {statement.number: statement for statement in at_hand or ()}

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        if self._whole:
            return np.array(list(self._words), np.int64)
        shown = self._conversation.statements.shown().order_by()
        return np.array(shown.values_list("number", flat=True), np.int64)

    def fetch(self, numbers: Iterable[int]) -> None:
        """Fetch the words of some statements that are not at hand yet."""
        missing = set(numbers) - self._words.keys()
        if missing and not self._whole:
            for statement in self._conversation.statements.filter(number__in=missing):
                self._words[statement.number] = statement

    def __getitem__(self, number: int) -> Statement:
        return self._words[number]
