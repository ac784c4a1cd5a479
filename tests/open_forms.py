"""Forms as a browser holds them: every input of an open page with the value it would send."""

from collections.abc import Iterator
from html.parser import HTMLParser

Values = dict[str, list[str]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Values]] = []
        self._select: tuple[str, bool] | None = None
        self._chosen: list[str] = []
        self._first: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif not self.forms:
            return
        elif tag == "input" and name and given.get("type") not in {"submit", "file"}:
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self._add(
                    name, given.get("value", "on" if given.get("type") in {"checkbox", "radio"} else "")
                )
        elif tag == "textarea" and name:
            self._area = name
            self._add(name, "")
        elif tag == "select" and name:
            self._select, self._chosen, self._first = (name, "multiple" in given), [], None
        elif tag == "option" and self._select:
            self._first = given.get("value", "") if self._first is None else self._first
            if "selected" in given:
                self._chosen.append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            values = self.forms[-1][1][self._area]
            values[-1] += data.removeprefix("\n") if not values[-1] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select" and self._select:
            name, many = self._select
            for value in self._chosen or ([] if many or self._first is None else [self._first]):
                self._add(name, value)
            self._select = None

    def _add(self, name: str, value: str) -> None:
        self.forms[-1][1].setdefault(name, []).append(value)


def open_form(page: str, field: str) -> Values:
    """What the form with this field would send if nothing were touched."""
    return next(values for _action, values in _forms(page) if field in values)


def _forms(page: str) -> Iterator[tuple[str, Values]]:
    reader = _Reader()
    reader.feed(page)
    return iter(reader.forms)
