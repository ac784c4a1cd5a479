"""A listening round on paper: its question is what a call's slogan is, and its page the address."""

from datetime import timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.core.time_zones import in_active_zone
from massline.square.calls.printed.printed_subject import PrintedFacts, SubjectOnPaper
from massline.square.conversations.models import Conversation
from massline.web.language_choice import in_language
from massline.web.templatetags.massline import on_day


class RoundOnPaper(SubjectOnPaper):
    """A question that is asked in public, in its own language."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.organisation = conversation.organisation
        self.language = conversation.language
        self.code = f"q{conversation.pk}"
        self.key = ("c", conversation.slug)
        self.pk = conversation.pk
        self.changed_at = conversation.opens_at

    @property
    def path(self) -> str:
        return self.conversation.get_absolute_url()

    @property
    def is_over(self) -> bool:
        return not self.conversation.is_open() and not self.conversation.is_ahead

    @cached_property
    def printed(self) -> PrintedFacts:
        with in_language(self.language), timezone.override(self.organisation.zone):
            day = self._last_day()
            return self.set_facts(
                slogan=self.conversation.question,
                ask=self._ask(),
                when=self._when(day),
                rows=[
                    (_("Why we ask"), self.conversation.intro),
                    (_("Closed on") if self.is_over else _("Open until"), day),
                    (_("How"), "" if self.is_over else self._how()),
                    (_("Then"), "" if self.is_over else _("You all hear from us what came out.")),
                ],
            )

    def _last_day(self) -> str:
        """The last day on which people can answer; empty while no end is set."""
        closes_at = self.conversation.closes_at
        if closes_at is None:
            return ""
        # At midnight the day before was the last; before the first of all days there is none.
        pause = timedelta(seconds=1) if closes_at.year > 1 else timedelta()
        return on_day(in_active_zone(closes_at - pause).date())

    def _when(self, day: str) -> str:
        if not day:
            return ""
        return (
            _("Closed on %(day)s") % {"day": day} if self.is_over else _("Open until %(day)s") % {"day": day}
        )

    def _ask(self) -> str:
        return _("See what came of it.") if self.is_over else _("Tell us what you think.")

    def _how(self) -> str:
        if self.conversation.open_to_all:
            return _("On your phone, in two minutes, without a name or an account")
        return _("With the card, code or invitation you were given")

    def sign_in_words(self) -> tuple[str, str]:
        return _("Who wants to hear what comes of it"), _(
            "This list has nothing to do with your answers. Write only what you want to. Tick “you can "
            "write to me” and %(who)s will tell you what came out; you can stop that any time. We shred "
            "the sheet once it is typed in."
        ) % {"who": self.organisation.name}
