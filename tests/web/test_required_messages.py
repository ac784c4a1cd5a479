"""Sentences for fields left empty: each says what to do."""

from django import forms

from massline.desk.guard.accounts.forms import InvitationForm


class Sheet(forms.Form):
    name = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    where = forms.CharField(error_messages={"required": "Name a place."})


def test_a_field_left_empty_says_what_to_do() -> None:
    told = {name: errors[0] for name, errors in Sheet({"name": " "}).errors.items()}
    assert "This field is required." not in told.values(), "it says what is wrong, and not what to do"
    assert len(set(told.values())) == 3, "a choice, a text and a field with words of its own each have theirs"
    assert told["where"] == "Name a place."


def test_a_refused_form_keeps_a_new_passphrase_both_times() -> None:
    """Only the name is wrong: nobody types the passphrase once more."""
    given = {"name": " ", "passphrase": "four blue kettles", "again": "four blue kettles"}
    form = InvitationForm(given, organisation=None)
    assert not form.is_valid()
    assert [str(form[name]).count("four blue kettles") for name in ("passphrase", "again")] == [1, 1]
