"""The form for a call in a further language."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from massline.desk.call.translations.models import CallTranslation
from massline.square.calls.fact_forms import FactForm
from massline.square.calls.facts import TranslationFacts, hints_of, labels_of, names_of
from massline.web.language_choice import WRITTEN_LANGUAGES


def language_choices() -> list[tuple[str, str]]:
    """Every language a call may be written in, under the name its speakers give it."""
    return [(code, get_language_info(code)["name_local"]) for code in WRITTEN_LANGUAGES]


class CallTranslationForm(FactForm):
    """All facts of a version. The hours are the original's."""

    facts = TranslationFacts

    class Meta(FactForm.Meta):
        model = CallTranslation
        fields = [name for name in names_of(TranslationFacts) if name != "language"]
        labels = {
            **labels_of(TranslationFacts),
            "slogan": _("Slogan"),
            "what": _("What we do"),
            "ask": _("What do we ask people to do?"),
            "place": _("Where"),
            "why": _("Why"),
        }
        help_texts = {
            **hints_of(TranslationFacts),
            "slogan": _("Don’t translate: say it fresh, as you would shout it."),
            "place": _("Leave it empty to use the original, as on street signs."),
        }

    def version(self, language: str) -> TranslationFacts:
        return TranslationFacts(language=language, **self.cleaned_data)
