"""Forms for invitations, codes and cards."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.square.conversations.access_codes.models import AccessCodeBatch
from massline.square.conversations.models import Conversation
from massline.square.conversations.trust_levels import Level
from massline.web.edit_forms import EditForm
from massline.web.form_fields import DayField

MOST_ON_PAPER, MOST_BY_INVITATION = 300, 100_000
KINDS = [
    (Level.CARD.value, _("Cards, picked at random")),
    (Level.IN_PERSON.value, _("Cards, handed out in person from a list by two of you")),
    (Level.CODE.value, _("One code for each member")),
    (Level.INVITED.value, _("An invitation link that can be passed on, for a set number of people")),
]


class WayForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("What do you want to hand out?"),
        choices=KINDS,
        coerce=Level,
        widget=forms.RadioSelect,
        initial=Level.CARD.value,
    )
    name = forms.CharField(
        label=_("Where is it going?"),
        max_length=60,
        help_text=_(
            "A place or a channel, never a person: “Stairwell A”. For an invitation it is shown with the results."
        ),
    )
    most = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_BY_INVITATION,
        initial=30,
        help_text=_("Ten cards fit on a page."),
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("level") is not Level.INVITED and int(given.get("most") or 0) > MOST_ON_PAPER:
            self.add_error(
                "most",
                forms.ValidationError(
                    _("Up to 300 at a time. Print them in several batches."), code="too-many"
                ),
            )
        return given


class ReasonForm(EditForm, forms.Form):
    """The reason for leaving answers out; an empty reason includes them again."""

    reason = forms.CharField(
        label=_("Why are they not counted?"),
        max_length=160,
        required=False,
        error_messages={
            "max_length": _(
                "Nothing changed, and your text is still here. It has %(show_value)d characters; the "
                "limit is %(limit_value)d. Please shorten it."
            )
        },
    )


class DayAsideForm(ReasonForm):
    """A day whose newcomers of the open door are left out."""

    day = DayField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, conversation: Conversation, data: Mapping[str, Any]) -> "DayAsideForm":
        """The form as it was sent, beside the reason that is stored for its day."""
        form = cls(data)
        day = form.fields["day"]
        try:
            aside = conversation.days_aside.filter(day=day.clean(data.get("day"))).first()
        except forms.ValidationError:
            return form
        form.initial = {"day": data.get("day"), "reason": aside.reason if aside else ""}
        return form


class SetAsideForm(ReasonForm):
    """An invitation whose answers are left out."""

    def __init__(self, *args: object, way: AccessCodeBatch, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.way = way
        self.fields["reason"].initial = way.set_aside
