"""Forms as a browser holds them: every input of an open page with the value it would send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Values = dict[str, list[str]]


@dataclass
class Form:
    """A form of a page: where it sends to, what it would send, and of each input its type and the choices it has."""

    action: str
    method: str = "get"
    values: Values = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def pressed(self) -> Values:
        """What the form sends when its first button is pressed."""
        return {**self.values, **{name: [value] for name, value in self.buttons[:1] if name}}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select: tuple[str, bool] | None = None
        self._chosen: list[str] = []
        self._first: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif not self.forms:
            return
        elif tag == "button":
            if given.get("type", "submit") == "submit":
                self.forms[-1].buttons.append((name, given.get("value", "")))
        elif tag == "input" and name and given.get("type") not in {"submit", "file"}:
            self._note(name, given.get("type", "text"), given.get("value", ""))
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self._add(
                    name, given.get("value", "on" if given.get("type") in {"checkbox", "radio"} else "")
                )
        elif tag == "textarea" and name:
            self._area = name
            self._note(name, "textarea", "")
            self._add(name, "")
        elif tag == "select" and name:
            self._select, self._chosen, self._first = (name, "multiple" in given), [], None
            self.forms[-1].kinds[name] = "select"
        elif tag == "option" and self._select:
            self._first = given.get("value", "") if self._first is None else self._first
            self._note(self._select[0], "select", given.get("value", ""))
            if "selected" in given:
                self._chosen.append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            values = self.forms[-1].values[self._area]
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
        self.forms[-1].values.setdefault(name, []).append(value)

    def _note(self, name: str, kind: str, choice: str) -> None:
        self.forms[-1].kinds[name] = kind
        if kind in {"select", "radio", "checkbox"}:
            self.forms[-1].choices.setdefault(name, []).append(choice)


def open_form(page: str, field: str) -> Values:
    """What the form with this field would send if nothing were touched."""
    return next(form.values for form in forms_of(page) if field in form.values)


def forms_of(page: str) -> Iterator[Form]:
    reader = _Reader()
    reader.feed(page)
    return iter(reader.forms)
