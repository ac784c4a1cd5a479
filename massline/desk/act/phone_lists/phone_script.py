"""What to say on the phone or in a text, in the person's language where somebody wrote it, and the links to tap."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from massline.core.contact_points import ContactMethod, parse_contact_point
from massline.desk.act.phone_lists.models import PhoneList
from massline.square.calls.localized_call import call_wording_for
from massline.square.calls.models import PublicEvent, PublishedCall
from massline.web.absolute_urls import public_url
from massline.web.language_choice import in_language
from massline.web.templatetags.massline import when


@dataclass(frozen=True)
class Script:
    """The words of a call or text, and where a tap leads: a telephone, a text with the words in it, or a mail."""

    language: str
    lines: list[str]
    call_link: str = ""
    text_link: str = ""
    mail_link: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def build_phone_script(
    phone_list: PhoneList, *, name: str, point: str, language: str, caller: str = ""
) -> Script:
    """Write what to say to this person, in their language where the call has it, by the caller's name if given."""
    words = _lines(phone_list, name, language, caller)
    text = quote("\n".join(words))
    parsed = parse_contact_point(point)
    if parsed is None:
        return Script(language, words)
    if parsed.method == ContactMethod.TEXT:
        # Both telephones' systems read the body after "?&".
        return Script(
            language, words, call_link=f"tel:{parsed.address}", text_link=f"sms:{parsed.address}?&body={text}"
        )
    if parsed.method == ContactMethod.MAIL:
        subject = quote(phone_list.event.title)
        return Script(
            language, words, mail_link=f"mailto:{quote(parsed.address)}?subject={subject}&body={text}"
        )
    return Script(language, words)


def _lines(phone_list: PhoneList, name: str, language: str, caller: str) -> list[str]:
    event = PublicEvent.objects.select_related("organisation").filter(uuid=phone_list.event.uuid).first()
    published = PublishedCall.objects.filter(uuid=phone_list.event.uuid).select_related(
        "event", "organisation"
    )
    call = published.first()
    with in_language(language):
        lines = [_greeting(name, caller, phone_list.organisation.name)]
        if event is not None and event.is_cancelled:
            lines.append(_("This is cancelled: %(event)s") % {"event": event.title})
        elif call is not None:
            words = call_wording_for(call, language)
            lines += [words.slogan, words.what, f"{when(call.event.starts_at)}, {words.place}", words.ask]
        else:
            planned = event or phone_list.event
            lines += [planned.title, f"{when(planned.starts_at)}, {planned.where}"]
    if phone_list.words:
        lines.append(phone_list.words)
    if call is not None:
        lines.append(public_url(call.get_short_url()))
    elif event is not None:
        lines.append(public_url(event.get_absolute_url()))
    return [line for line in lines if line]


def _greeting(name: str, caller: str, organisation: str) -> str:
    if not caller:
        return _("Hello %(name)s, this is %(who)s.") % {"name": name, "who": organisation}
    sentence = _("Hello %(name)s, this is %(caller)s from %(who)s.")
    return sentence % {"name": name, "caller": caller, "who": organisation}
