"""Forms that ask how to reach somebody: one form for every contact point, and one question where none can be read."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.core.contact_points import parse_contact_point, split_contact_points


class ReachForm(forms.Form):
    """Base of forms with a contact point in the field `reach_field`.

    What nobody could be reached by is asked about at once, and kept as it is where that is meant.
    """

    reach_field = "contact"
    as_it_is = forms.BooleanField(label=gettext_lazy("A name is enough: keep it like this"), required=False)

    def __init__(self, *args: Any, country: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        if self.is_bound and self.data.get(self.add_prefix("as_it_is")):
            self.fields[self.reach_field].required = False

    @property
    def asks_as_it_is(self) -> bool:
        """Whether the page offers to keep what was written, or nothing, as the way to reach them."""
        if not self.is_bound:
            return False
        errors = self.errors.as_data().get(self.reach_field, [])
        return bool(self.data.get(self.add_prefix("as_it_is"))) or any(
            error.code in ("unreachable", "required") for error in errors
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        written = given.get(self.reach_field)
        if not written:
            return given
        point = parse_contact_point(written, country=self.country)
        if point is not None:
            given[self.reach_field] = str(point)
        elif not given.get("as_it_is"):
            self.add_error(
                self.reach_field, forms.ValidationError(self._question(written), code="unreachable")
            )
        return given

    def _question(self, written: str) -> str:
        """Ask about what was written, by what it seems to be."""
        if len(split_contact_points(written, country=self.country)) > 1:
            return _("This is more than one way to reach you. Give the one that you look at first.")
        if "@" in written:
            return _(
                "We cannot write to this address. Is a letter missing? Correct it, or tick that a name is enough."
            )
        if not self.country and sum(sign.isdigit() for sign in written) > 4:
            return _("Write the number with its country in front, for example +49 30 1234567.")
        if sum(sign.isdigit() for sign in written) > 2:
            return _(
                "We cannot call this number. Is a figure missing? Correct it, or tick that a name is enough."
            )
        return _(
            "Nobody can be reached by this. Give a number, an e-mail address or a handle such as @name, "
            "or tick that a name is enough."
        )
