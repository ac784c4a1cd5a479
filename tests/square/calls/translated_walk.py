"""The walk in the languages it was called in."""

from typing import Any

from massline.square.calls import actions
from massline.square.calls.facts import CallFacts, EventFacts, TranslationFacts
from massline.square.calls.models import PublicEvent, PublishedCall

ARABIC = TranslationFacts(
    language="ar",
    slogan="دفّئوا بيوتنا قبل الصقيع",
    what="نمشي معًا إلى مكتب الإسكان",
    ask="تعالوا ومعكم رسالتكم",
    place="ساحة الميناء، عند الساعة",
)
SPANISH = TranslationFacts(
    language="es",
    slogan="Calor antes de la helada",
    what="Vamos juntas a la oficina de vivienda",
    ask="Ven con tu carta firmada",
)


def change(walk: PublishedCall, *, translations: Any = None, **facts: Any) -> PublicEvent | None:
    event = walk.event
    said = {
        "kind": event.kind,
        "title": event.title,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "place": event.place,
    }
    words = CallFacts(slogan=walk.slogan, ask=walk.ask, called_by=walk.called_by, why=walk.why)
    return actions.update_event(
        uuid=walk.event.uuid, event=EventFacts(**{**said, **facts}), call=words, translations=translations
    )
