"""Forms for acts that need two key-holders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.guard.keys.forms import passphrase_field
from massline.desk.guard.retention.models import DualControlAct
from massline.desk.people.choices import Role, SecondFactorRule
from massline.desk.people.models import Account, Membership, Organisation
from massline.engine.privacy.threshold import LEAST


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django has no runtime form of it
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.account.name)


class ProposalForm(forms.Form):
    """The reason, and what the act is about. Who has not shown lately that it is them gives their passphrase too."""

    what = forms.ChoiceField(choices=DualControlAct.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The other key-holder reads this."),
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation,
        by: Account,
        about: str = "",
        is_fresh: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        wanted = about or self.data.get("what", "")
        self.initial.setdefault("what", wanted)
        self.auto_id = f"{wanted}_%s"
        if wanted == DualControlAct.EXPORT:
            self.fields["most"] = forms.IntegerField(label=_("How many contacts at most"), min_value=1)
        elif wanted == DualControlAct.REMOVE:
            live = Membership.objects.live().filter(organisation=organisation, role=Role.HOLDER)
            others = live.exclude(account=by).select_related("account").order_by("account__name")
            self.fields["member"] = MemberField(others, label=_("Whose membership"))
        elif wanted == DualControlAct.THRESHOLD:
            self.fields["value"] = forms.IntegerField(
                label=_("Hide figures of fewer people than"),
                min_value=LEAST,
                max_value=max(LEAST, organisation.small_cell - 1),
            )
        elif wanted == DualControlAct.FACTOR:
            lower = [choice for choice in SecondFactorRule.choices if choice[0] < organisation.second_factor]
            self.fields["value"] = forms.TypedChoiceField(
                label=_("Second step at login is required"), choices=lower, coerce=int
            )
        if not is_fresh:
            self.fields["passphrase"] = passphrase_field(_("Your passphrase"))


class ConfirmForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Your passphrase"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
