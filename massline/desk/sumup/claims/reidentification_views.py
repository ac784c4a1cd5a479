"""The page on which a person checks cited voices for personal data."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from massline.desk.guard.access import DeskRequest
from massline.desk.listen.rounds.models import Voice
from massline.desk.people.choices import Role
from massline.desk.sumup.claims import reidentification_check
from massline.desk.sumup.claims.access import access_sum_up
from massline.desk.sumup.claims.models import SumUp
from massline.desk.sumup.masking import personal_data
from massline.web.refusal_messages import show_reasons


class CitedVoice:
    """A cited voice on the page, with its passages and its masking."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.stretches = personal_data.split_at_flags(voice)
        self.look = personal_data.masking_of(voice)
        self.flagged = any(passage.kind for passage in self.stretches)

    @property
    def waits(self) -> bool:
        return self.look is None and self.flagged


def check_reidentification(request: DeskRequest, org: str, pk: int) -> HttpResponse:
    sum_up = access_sum_up(request, org, pk, need=Role.ORGANISER)
    if request.method == "POST":
        _keep(request, sum_up)
        return redirect("sumup:recognised", org, pk)
    rows = [CitedVoice(voice) for voice in _cited_by(sum_up)]
    rows.sort(key=lambda row: (not row.waits, not row.flagged, row.voice.pk))
    return render(
        request,
        "sumup/recognised.html",
        {"sum_up": sum_up, "rows": rows, "waiting": sum(row.waits for row in rows)},
    )


def _keep(request: DeskRequest, sum_up: SumUp) -> None:
    """Confirm the voices whose button was pressed, or all that were shown."""
    wanted = request.POST.getlist("all") if "everything" in request.POST else request.POST.getlist("voice")
    chosen = [voice for voice in _cited_by(sum_up) if str(voice.pk) in wanted]
    sentence = ngettext(
        "Saved: %(n)d quote as you left it.", "Saved: %(n)d quotes as you left them.", len(chosen)
    )
    with show_reasons(request, sentence % {"n": len(chosen)}, part="quotes-kept"):
        for voice in chosen:
            reidentification_check.confirm_masking(
                sum_up=sum_up, voice=voice, spans=chosen_spans(request.POST, voice), by=request.user
            )


def _cited_by(sum_up: SumUp) -> list[Voice]:
    cited = Voice.objects.of_round(sum_up.round).filter(citations__claim__sum_up=sum_up)
    return list(cited.prefetch_related(personal_data.prefetch_maskings()).distinct())


def chosen_spans(given: QueryDict, voice: Voice) -> list[personal_data.Span]:
    """Spans that were ticked, and all occurrences of the words that were typed in."""
    known = {passage.key: (passage.start, passage.end) for passage in personal_data.split_at_flags(voice)}
    ticked = [known[key] for key in given.getlist(f"out-{voice.pk}") if key in known]
    return ticked + personal_data.find_spans(voice.text, given.get(f"also-{voice.pk}", "").split("\n"))
