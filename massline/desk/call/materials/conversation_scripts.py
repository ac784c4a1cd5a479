"""Scripts for a conversation at a door or on the phone: greet, ask, listen, say what we do, ask one thing, write it down."""

from django.utils.translation import gettext as _

from massline.square.calls.printed.printed_call import CallOnPaper


def door_script(subject: CallOnPaper) -> dict[str, object]:
    """Title and steps; each step is [what to do, what to say]."""
    who = subject.published.organisation.name
    return {
        "title": _("At the door"),
        "steps": [
            [
                _("Greet"),
                _("“Hello, I’m a neighbour, from %(who)s. Do you have two minutes?”") % {"who": who},
            ],
            *_middle(subject),
            [_("Leave something behind"), _("Give them the flyer. “The address is on it. Bring someone.”")],
            _last(),
        ],
    }


def phone_script(subject: CallOnPaper) -> dict[str, object]:
    who = subject.published.organisation.name
    return {
        "title": _("On the phone"),
        "steps": [
            [
                _("Greet"),
                _("“Hello, this is … from %(who)s. You gave us your number. Is this a good time?”")
                % {"who": who},
            ],
            [_("If it isn’t"), _("“When can I call back?” Write down the time and keep to it.")],
            *_middle(subject),
            [_("Send it"), _("“I’ll send you the day and place now.” Send the text message.")],
            _last(),
        ],
    }


def _without_stop(text: str) -> str:
    """The text without its last full stop: the sentence around it has one of its own."""
    return text.rstrip().rstrip(".。۔")


def _middle(subject: CallOnPaper) -> list[list[str]]:
    """The steps both scripts share: ask and listen, what we do, the one ask, wait."""
    words, printed = subject.words, subject.printed
    facts = {"what": _without_stop(words.what), "when": printed.when, "where": _without_stop(words.place)}
    steps = [
        [_("Ask, and listen"), _("“How is it for you?” Let them finish. Repeat back what you heard.")],
        [_("Say what we do"), _("“%(what)s. %(when)s, %(where)s.”") % facts],
    ]
    if words.why:
        steps.append([_("If they ask why"), words.why])
    steps += [
        [_("Ask the one thing"), f"“{words.ask}”"],
        [_("Wait for the answer"), _("Say nothing. Let them answer.")],
        [
            _("If they say yes"),
            _("“Who could come with you? How can we reach you?” Write down a name only if they want you to."),
        ],
        [_("If they are not sure"), _("“What’s holding you back?” Don’t argue. Say who can help with it.")],
        [_("If they say no"), _("“Thank you for telling me. What would have to change?” Part as friends.")],
    ]
    if words.access:
        steps.append([_("Good to know"), words.access])
    return steps


def _last() -> list[str]:
    return [
        _("Afterwards, write down"),
        _("Their own words, as they said them; the block; no name. Then on to the next door."),
    ]
