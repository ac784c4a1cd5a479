"""Forms that change a stored row and keep what somebody else saved while the form was open.

The page carries a digest of each field as it was opened. A field the sender did not touch takes the value that is
stored now; a field both changed is refused once, with the other text beside it.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

OPENED_WITH = "opened_with"
CHANGED_MEANWHILE = "changed_meanwhile"


def opened_with(texts: Mapping[str, str]) -> str:
    """The hidden input for a form whose inputs are written by hand: what each of its lines of text holds now."""
    digests = {name: _digest(forms.CharField(required=False), text) for name, text in texts.items()}
    return forms.HiddenInput().render(OPENED_WITH, _write_digests(digests))


class EditForm(forms.BaseForm):
    """Mixin for forms whose initial values are read from the row that they change.

    `joined` names the fields where another person's change was kept. `changed_by` returns the name of whoever saved
    the row last, or an empty text. `opened_with` holds the digests of a form that is shown again unfinished.
    """

    changed_by: Callable[[], str] | None = None
    opened_with: str | None = None

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = is_new
        self.joined: list[str] = []

    @property
    def version_field(self) -> str:
        """The hidden input that carries the digests; empty on the form of a new row."""
        if self.is_new:
            return ""
        opened = _write_digests(self._digests_now()) if self.opened_with is None else self.opened_with
        return forms.HiddenInput().render(self.add_prefix(OPENED_WITH), opened)

    def clean(self) -> dict[str, Any]:
        """Join the changes first, so that checks across fields see what would be stored."""
        opened = {} if self.is_new else _read_digests(self.data.get(self.add_prefix(OPENED_WITH), ""))
        now = self._digests_now() if opened else {}
        for name in [name for name in now if name in opened and opened[name] != now[name]]:
            self._join(name, opened=opened[name], now=now[name])
        return super().clean() or self.cleaned_data

    def _join(self, name: str, *, opened: str, now: str) -> None:
        field = self.fields[name]
        mine = _digest(field, self[name].data)
        if mine == now:
            return
        stored = self.get_initial_for_field(field, name)
        if mine != opened:
            self.add_error(name, forms.ValidationError(self._conflict(field, stored), code=CHANGED_MEANWHILE))
            return
        self._take_stored(name, field, stored)
        self._show_stored(name, field, stored)
        self.joined.append(name)

    def _take_stored(self, name: str, field: forms.Field, stored: object) -> None:
        try:
            self.cleaned_data[name] = field.clean(field.prepare_value(stored))
            if check := getattr(self, f"clean_{name}", None):
                self.cleaned_data[name] = check()
        except forms.ValidationError as refusal:
            self.add_error(name, refusal)

    def _show_stored(self, name: str, field: forms.Field, stored: object) -> None:
        """Let the page show the stored value where the form is shown again for another reason."""
        data = self.copy_data()
        key, value = self.add_prefix(name), field.prepare_value(stored)
        if isinstance(field.widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
            data.setlist(key, [str(item) for item in value or []])
        elif isinstance(field, forms.BooleanField) and not stored:
            data.pop(key, None)
        else:
            shown = field.widget.format_value(value)
            data[key] = shown[0] if isinstance(shown, list) else shown or ""
        self.data = data

    def copy_data(self) -> QueryDict:
        """A copy of what was sent that may be changed before the form is shown again."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        return data

    def _conflict(self, field: forms.Field, stored: object) -> str:
        shown = {"name": self.changed_by() if self.changed_by else "", "now": _shown(field, stored)}
        if shown["name"]:
            return (
                _(
                    "%(name)s changed this while you were writing. It now says: “%(now)s”. "
                    "Yours is still here. Save again, and yours takes its place."
                )
                % shown
            )
        return (
            _(
                "Somebody changed this while you were writing. It now says: “%(now)s”. "
                "Yours is still here. Save again, and yours takes its place."
            )
            % shown
        )

    def _digests_now(self) -> dict[str, str]:
        fields = self.fields.items()
        return {name: _digest(field, self.get_initial_for_field(field, name)) for name, field in fields}


def _digest(field: forms.Field, value: Any) -> str:
    value = field.prepare_value(value)
    if not isinstance(
        field, forms.ModelChoiceField
    ):  # whose keys say enough, and asking for the rows costs queries
        try:
            value = field.to_python(value)
        except forms.ValidationError:
            value = str(value)  # what cannot be read differs from all that can
    return hashlib.blake2b(_canonical(value).encode(), digest_size=6).hexdigest()


def _canonical(value: object) -> str:
    """The same text for the same value, however a browser sends it."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(second=0, microsecond=0).isoformat()
    if isinstance(value, str):
        return "\n".join(value.strip().splitlines())
    if isinstance(value, Iterable):
        return "\n".join(sorted(_canonical(item) for item in value))
    return str(value)


def _shown(field: forms.Field, stored: Any) -> str:
    """The stored value as a person reads it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if stored else _("no")
    if isinstance(field, forms.ModelMultipleChoiceField) and field.queryset is not None:
        return ", ".join(str(row) for row in field.queryset.filter(pk__in=stored or []))
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        labels = {str(key): str(label) for key, label in field.widget.choices}
        return labels.get(str(stored), str(stored or ""))
    value = field.prepare_value(stored)
    return "" if value is None else str(field.widget.format_value(value) or "")


def _write_digests(digests: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{digest}" for name, digest in digests.items())


def _read_digests(text: str) -> dict[str, str]:
    return {name: digest for part in text.split() for name, _colon, digest in [part.partition(":")] if digest}
