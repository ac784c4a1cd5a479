"""The form of an analysis."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.web.form_fields import text_area, text_line


class AnalysisForm(forms.Form):
    """An analysis: its points one a line, each with its source after a bar."""

    title = text_line(_("What did you find out, in one sentence?"), 160)
    lead = text_area(_("In a few plain sentences"), 1200)
    points = text_area(
        _("Point by point, each with where people can check it"),
        4000,
        hint=_("One per line: The boiler was last inspected in 2019 | inspection report, page 3"),
    )
    unknown = text_area(_("What you do not know"), 600, required=False)
    next_step = text_area(_("What happens next?"), 400)
    reply_question = text_line(
        _("What do you ask readers?"), 240, hint=_("What do you know about this boiler?")
    )
    as_shown = forms.BooleanField(
        label=_("I have read the question as people will see it: it does not point to anyone"), required=False
    )
