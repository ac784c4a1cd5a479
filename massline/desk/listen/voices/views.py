"""Search for voices, their translations, and the list of needs and offers."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from massline.desk.guard.access import DeskRequest, access_organisation
from massline.desk.listen.rounds.access import access_round
from massline.desk.listen.rounds.models import Voice, VoiceKind
from massline.desk.listen.voices import actions
from massline.desk.listen.voices.access import access_voice
from massline.desk.people.choices import Role
from massline.desk.people.models import Section

VOICES_PER_PAGE = 15


class VoiceSearchForm(forms.Form):
    section = forms.ModelChoiceField(
        label=gettext_lazy("Where"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=gettext_lazy("everywhere"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("They"), required=False, choices=[("", gettext_lazy("all")), *VoiceKind.choices]
    )
    words = forms.CharField(label=gettext_lazy("Containing these words"), required=False, max_length=80)


class VoiceTranslationForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=gettext_lazy("Translation into this language"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    by_machine = forms.BooleanField(label=gettext_lazy("This is a machine translation"), required=False)


def search_voices(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    round_ = access_round(request, org, pk, need=Role.MEMBER)
    form = VoiceSearchForm(request.GET or None)
    form.fields["section"].queryset = round_.sections.all()  # type: ignore[attr-defined]
    listed = Voice.objects.of_round(round_).prefetch_related("translations")
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data
        if wanted["section"]:
            listed = listed.filter(report__section=wanted["section"])
        if wanted["kind"]:
            listed = listed.of_kind(wanted["kind"])
        if wanted["words"]:
            listed = listed.filter(text__icontains=wanted["words"])
    page = Paginator(listed, VOICES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "listen/voices.html", {"round": round_, "form": form, "page": page})


def show_voice(request: DeskRequest, org: str, pk: int, voice: int) -> HttpResponse:
    """A voice with its translations and a form to add one."""
    chosen = access_voice(request, org, pk, voice, need=Role.MEMBER)
    form = VoiceTranslationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_translation(voice=chosen, by=request.user, **form.cleaned_data)
        messages.success(request, _("Translation saved beside the original."))
        return redirect("listen:voice", org, pk, voice)
    return render(request, "listen/voice.html", {"round": chosen.report.round, "voice": chosen, "form": form})


def list_needs_and_offers(request: DeskRequest, org: str) -> HttpResponse:
    """Needs and offers of all rounds, as a start for mutual aid."""
    organisation = access_organisation(request, org, need=Role.MEMBER)
    voices = (
        Voice.objects.filter(report__round__organisation=organisation)
        .of_kind(VoiceKind.NEED, VoiceKind.OFFER)
        .select_related("report__section", "report__round")
    )
    needs = [voice for voice in voices[:400] if voice.kind == VoiceKind.NEED]
    offers = [voice for voice in voices[:400] if voice.kind == VoiceKind.OFFER]
    return render(request, "listen/needs.html", {"needs": needs, "offers": offers})
