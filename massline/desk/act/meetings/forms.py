"""Forms of a meeting: its agenda, its minute, who wants to speak, and how it is closed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.act.events.models import Event
from massline.desk.decide.ballots.count import Rule
from massline.desk.decide.motions.models import Motion, MotionState
from massline.web.templatetags.massline import when


class ItemForm(forms.Form):
    title = forms.CharField(
        label=_("What do we talk about?"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, initial=10)
    who = forms.CharField(
        label=_("Who opens it"),
        max_length=60,
        required=False,
        help_text=_("A group, or a name to call. It is read by everybody in the room."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class MinuteForm(ItemForm):
    minute = forms.CharField(
        label=_("The minute: what was said and settled"),
        max_length=2000,
        required=False,
        strip=False,
        help_text=_("No names: it may be read out, lost or taken."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class LinkForm(forms.Form):
    """Which motion is put here: one that is open already, or a new one."""

    motion = forms.ModelChoiceField(
        label=_("A motion that is already put"), queryset=Motion.objects.none(), required=False
    )
    text = forms.CharField(
        label=_("Or put one now, in one sentence"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    rule = forms.ChoiceField(label=_("It carries with"), choices=Rule.choices, initial=Rule.MAJORITY)

    def __init__(self, *args: Any, motions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["motion"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = motions.filter(state=MotionState.OPEN)
        field.empty_label = str(_("none"))


class SpeakForm(forms.Form):
    name = forms.CharField(
        label=_("A name to call"), max_length=40, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    is_first_time = forms.BooleanField(label=_("speaks for the first time today"), required=False)


class EventChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Events by name, hour and place."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}, {when(obj.starts_at)}, {obj.place}"


class CloseForm(forms.Form):
    present = forms.IntegerField(label=_("How many are here?"), min_value=0, max_value=1_000_000)
    next_event = EventChoice(label=_("When do we meet next?"), queryset=Event.objects.none(), required=False)
    no_next_because = forms.CharField(
        label=_("If there is none: why?"),
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["next_event"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = events
        field.empty_label = str(_("not set yet"))
