"""What is too vague to go out, and what is only worth a second look."""

from datetime import timedelta

import pytest
from django.utils import timezone

from massline.desk.call.models import Call
from massline.desk.call.publication_checks import find_call_problems, reasons_against_publishing
from massline.desk.people.models import Organisation


def call(**facts: object) -> Call:
    start = timezone.now() + timedelta(days=7)
    clear: dict[str, object] = {
        "organisation": Organisation(name="Riverside"),
        "slogan": "Fix the heat before the frost.",
        "what": "Walk to the housing office",
        "ask": "Come with your letter",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "place": "Harbour Square",
    }
    return Call(**{**clear, **facts})


def missing(**facts: object) -> list[str]:
    return [one.missing for one in reasons_against_publishing(call(**facts))]


def warned(**facts: object) -> list[str]:
    return [one.missing for one in find_call_problems(call(**facts)) if one.warns]


def test_a_clear_call_passes_without_a_word() -> None:
    assert find_call_problems(call()) == []


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"slogan": " "}, "slogan"),
        ({"what": ""}, "what"),
        ({"ask": ""}, "ask"),
        ({"place": ""}, "where"),
        ({"starts_at": None, "ends_at": None}, "when"),
        ({"ends_at": None}, "end"),
        ({"ends_at": timezone.now()}, "end"),
        ({"ask": "Come with your letter. Bring two friends."}, "one ask"),
        ({"ask": "Sign the letter and then knock on three doors"}, "one ask"),
        ({"ask": "Ven con tu carta y luego firma", "language": "es"}, "one ask"),
        ({"ask": "Komm mit deinem Brief und dann unterschreib", "language": "de"}, "one ask"),
        ({"ask": "تعالوا معنا ثم وقّعوا الرسالة", "language": "ar"}, "one ask"),
    ],
)
def test_what_is_vague_does_not_go_out(facts: dict[str, object], lacks: str) -> None:
    assert missing(**facts) == [lacks]


def test_a_day_that_is_past_is_refused() -> None:
    then = timezone.now() - timedelta(days=1)
    assert missing(starts_at=then, ends_at=then + timedelta(hours=1)) == ["when"]


@pytest.mark.parametrize(
    ("slogan", "language"),
    [
        ("The rent was raised again", "en"),
        ("Our letters are never answered", "en"),
        ("Fuimos engañados, las cartas fueron ignoradas", "es"),
        ("Die Miete wird schon wieder erhöht", "de"),
        ("تم رفع الإيجار", "ar"),
        ("Rents must be lowered now", "en"),
        ("Hay que bajar los alquileres", "es"),
        ("Se exige una solución digna", "es"),
        ("يجب أن يتم إصلاح التدفئة", "ar"),
    ],
)
def test_a_slogan_that_hides_who_acts_stops_until_somebody_insists(slogan: str, language: str) -> None:
    vague = call(slogan=slogan, language=language)
    assert [one.missing for one in reasons_against_publishing(vague)] == ["who acts"]
    assert reasons_against_publishing(vague, insist=True) == []


@pytest.mark.parametrize(
    ("slogan", "language"),
    [
        ("No heat, no rent rise!", "en"),
        ("We need warm homes", "en"),
        ("Sin calor no hay alquiler", "es"),
        ("Wir wollen warme Wohnungen", "de"),
        ("دفّئوا بيوتنا قبل الصقيع", "ar"),
        ("Isınma hakkımız", "tr"),
    ],
)
def test_a_slogan_that_says_who_acts_passes(slogan: str, language: str) -> None:
    assert warned(slogan=slogan, language=language) == []


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"place": "TBA"}, "open place"),
        ({"place": "Somewhere in the centre"}, "open place"),
        ({"place": "Por confirmar", "language": "es"}, "open place"),
        ({"place": "سيعلن لاحقا", "language": "ar"}, "open place"),
        ({"ask": "Raise awareness among your friends"}, "ask"),
        ({"ask": "Get involved!"}, "ask"),
        ({"ask": "Únete a la lucha", "language": "es"}, "ask"),
        ({"ask": "شاركوا في النضال", "language": "ar"}, "ask"),
        ({"what": "Show support for our neighbours"}, "what"),
        ({"ask": "Sign, share and donate today"}, "one ask"),
        ({"ask": "Sign the letter, knock on three doors"}, "one ask"),
        ({"ask": "Firma la carta y comparte el cartel", "language": "es"}, "one ask"),
        ({"ask": "وقعوا الرسالة وشاركوا المنشور", "language": "ar"}, "one ask"),
        ({"slogan": " ".join(["word"] * 30)}, "short slogan"),
        ({"slogan": " ".join(["كلمة"] * 30), "language": "ar"}, "short slogan"),
    ],
)
def test_phrases_that_leave_a_call_open_are_refused(facts: dict[str, object], lacks: str) -> None:
    assert missing(**facts) == [lacks]


@pytest.mark.parametrize(
    ("facts", "language"),
    [
        ({"ask": "Come and bring a neighbour"}, "en"),
        ({"ask": "Come, and bring one neighbour."}, "en"),
        ({"ask": "Knock on three doors", "place": "The Ask Us café, Mill Lane"}, "en"),
        ({"ask": "Ven con tu carta y una vecina"}, "es"),
        ({"ask": "تعالوا مع جار واحد"}, "ar"),
        ({"slogan": "All for one, one for all"}, "en"),
        ({"what": "We carry 214 letters to the housing office"}, "en"),
        ({"slogan": "Isınma hakkımız", "ask": "Gelin ve imzalayın"}, "tr"),
    ],
)
def test_clear_phrases_are_not_stopped(facts: dict[str, object], language: str) -> None:
    assert missing(**{"place": "Harbour Square", **facts}, language=language) == []


def test_the_reasons_are_given_in_the_language_of_the_call() -> None:
    (spanish,) = reasons_against_publishing(call(place="", language="es"))
    (arabic,) = reasons_against_publishing(call(place="", language="ar"))
    (turkish,) = reasons_against_publishing(call(place="", language="tr"))
    assert (spanish.say, spanish.language) == (
        "No tiene lugar. Pon uno que todo el mundo encuentre.",
        "es",
    )
    assert (arabic.language, turkish.language) == ("ar", "en")
    assert turkish.say == "The place is missing. Name one everyone can find."
    assert arabic.say not in {spanish.say, turkish.say}


def test_soon_is_worth_a_second_look() -> None:
    assert warned(what="We walk to the office soon") == ["when"]
    assert warned(slogan="Nos vemos pronto", language="es") == ["when"]
    assert warned(slogan="نلتقي قريبا", language="ar") == ["when"]


def test_long_slogans_and_asks_joined_by_and_are_said_but_not_stopped() -> None:
    assert warned(slogan="Fix the heat in every flat of every block before the frost") == ["short slogan"]
    assert warned(slogan="Wärmeversorgungsgesellschaftsvorstandsvorsitzende, kommt heraus!!") == [
        "short slogan"
    ]
    assert warned(ask="Bring bread and butter") == ["one ask"]
    assert missing(ask="Bring bread and butter") == []
