"""Forms of a meeting: agenda items, minutes, motions, speakers and closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.act.events.models import Event
from massline.desk.decide.ballots.majority_count import MajorityRule
from massline.desk.decide.motions.models import Motion, MotionState
from massline.web.edit_forms import EditForm
from massline.web.form_fields import set_choices, text_line
from massline.web.templatetags.massline import when


class ItemForm(EditForm, forms.Form):
    title = text_line(_("What is it about?"), 160)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=10)
    who = text_line(
        _("Who introduces it?"),
        60,
        hint=_("A group, or a name to call. Everyone in the room will read it."),
        required=False,
    )


class MinuteForm(ItemForm):
    minute = forms.CharField(
        label=_("Minutes: what was said and agreed"),
        max_length=2000,
        required=False,
        strip=False,
        help_text=_("No names: minutes can be read out, lost or seized."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class LinkForm(forms.Form):
    """An open motion to link, or the text of a new one."""

    motion = forms.ModelChoiceField(
        label=_("A motion already proposed"),
        queryset=Motion.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    text = forms.CharField(
        label=_("Or propose one now, in one sentence"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    rule = forms.ChoiceField(
        label=_("Needed to pass"), choices=MajorityRule.choices, initial=MajorityRule.MAJORITY
    )

    def __init__(self, *args: Any, motions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, motion=motions.filter(state=MotionState.OPEN))


class SpeakForm(forms.Form):
    name = text_line(_("A name to call out"), 40)
    is_first_time = forms.BooleanField(label=_("speaking for the first time today"), required=False)


class EventChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of events by title, time and place."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}, {when(obj.starts_at)}, {obj.where}"


class CloseForm(forms.Form):
    present = forms.IntegerField(label=_("How many people are here?"), min_value=0, max_value=1_000_000)
    next_event = EventChoice(
        label=_("When do we meet next?"),
        queryset=Event.objects.none(),
        required=False,
        empty_label=_("not set yet"),
    )
    no_next_because = text_line(_("If there is no next meeting: why?"), 240, required=False)

    def __init__(self, *args: Any, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, next_event=events)
