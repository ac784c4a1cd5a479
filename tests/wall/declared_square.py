"""Every address of the square."""

from tests.wall.route import FORM, NOBODY, READ, WRITE, Route

TALK = {"slug": ("talk", "next_talk")}
REFUSED, TOO_LATE = frozenset({403}), frozenset({409})

SQUARE = {
    "envelopes:manage": Route(NOBODY, FORM, {"secret": ("secret",)}),
    "envelopes:thanks": Route(NOBODY, READ, {"secret": ("secret",)}),
    "envelopes:cancel": Route(NOBODY, WRITE, {"secret": ("secret",)}),
    "envelopes:confirm": Route(NOBODY, FORM, {"secret": ("secret",)}),
    "envelopes:stop": Route(NOBODY, FORM, {"secret": ("secret",)}),
    "calls:short": Route(NOBODY, READ, {"code": ("code",)}, notes="calls_sourceday"),
    "calls:by_way": Route(NOBODY, READ, {"code": ("code",), "source": ("source",)}, notes="calls_sourceday"),
    "calls:picture": Route(NOBODY, READ, {"slug": ("call_slug",)}, notes="calls_sharepicture"),
    "calls:widget": Route(NOBODY, READ, {"slug": ("call_slug",)}),
    "calls:widget_now": Route(NOBODY, READ),
    "calls:linked": Route(NOBODY, READ, {"uuid": ("public_event", "public_meeting")}),
    "calls:feed_in": Route(NOBODY, READ, {"code": ("language",)}),
    "calls:call": Route(NOBODY, FORM, {"slug": ("call_slug",)}, also=TOO_LATE),
    "calls:event": Route(NOBODY, FORM, {"uuid": ("public_event", "public_meeting")}),
    "calls:calendar": Route(NOBODY, READ, {"uuid": ("public_event", "public_meeting")}),
    "calls:feed": Route(NOBODY, READ),
    "conversations:conversation": Route(NOBODY, READ, TALK),
    "conversations:vote": Route(NOBODY, WRITE, TALK, also=REFUSED),
    "conversations:words": Route(NOBODY, FORM, TALK, also=frozenset({422})),
    "conversations:short": Route(NOBODY, READ, {"pk": ("talk_pk",)}),
    "conversations:way_in": Route(NOBODY, FORM, TALK, also=frozenset({422})),
    "conversations:way_in_by": Route(NOBODY, FORM, TALK | {"code": ("code",)}, also=frozenset({422})),
    "conversations:hall": Route(NOBODY, READ, {"slug": ("hall_slug",)}),
    "conversations:hall_vote": Route(NOBODY, WRITE, {"slug": ("hall_slug",)}, also=REFUSED),
    "conversations:section": Route(NOBODY, WRITE, TALK),
    "conversations:answers": Route(NOBODY, READ, TALK),
    "conversations:stand": Route(NOBODY, READ, TALK),
    "conversations:results": Route(NOBODY, READ, TALK),
    "conversations:every_statement": Route(NOBODY, READ, TALK),
    "reports:answers": Route(NOBODY, READ),
    "reports:answers_sheet": Route(NOBODY, READ),
    "reports:won": Route(NOBODY, READ),
    "reports:report": Route(NOBODY, READ, {"slug": ("report",)}),
    "reports:sheet": Route(NOBODY, READ, {"slug": ("report",)}),
    "reports:say_instead": Route(
        NOBODY, WRITE, {"slug": ("report",), "claim": ("public_claim",)}, also=REFUSED
    ),
    "reports:heard": Route(NOBODY, WRITE, {"slug": ("report",), "claim": ("public_claim",)}, also=REFUSED),
    "organisations:audit_heads": Route(NOBODY, READ, names_all=True),
    "street:seen": Route(NOBODY, READ),
    "home:front": Route(NOBODY, READ, names_all=True),
    "home:language": Route(NOBODY, READ, {"code": ("language",)}),
    "home:organisation": Route(NOBODY, READ),
    "home:tell_me": Route(NOBODY, FORM, also=frozenset({422})),
    "home:stop_news": Route(NOBODY, FORM, {"secret": ("stop_link",)}),
    "home:told": Route(NOBODY, FORM, {"secret": ("wish",)}),
    "home:news": Route(NOBODY, READ),
    "home:news_in": Route(NOBODY, READ, {"code": ("language",)}),
    "home:next": Route(NOBODY, READ),
}
