"""A themes document as a page: the tree of themes, each with the words people used."""

from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from massline.embed import find_flags
from massline.engine.themes.document import ThemeRow, ThemesDocument, ThemesResult
from massline.files.html_page import build_page, fold_details, fold_long_words, join_parts, section, table
from massline.files.number_phrases import _, ngettext, not_enough_phrase, number_phrase, people_phrase

_KEPT_BACK = ("email", "phone", "link", "handle", "number")


def themes_page(document: ThemesDocument, words: Mapping[str, str]) -> str:
    """Set the page of a `massline.themes/1` document.

    `words` holds every voice verbatim. A voice in which contact data was found is not quoted; the check finds
    much and proves nothing, so read a page before you pass it on.
    """
    result = document.result
    tops = [theme for theme in result.themes if theme.level == 1]
    parts = [_theme(theme, result.themes, words) for theme in tops]
    copies = [group for group in result.duplicates if len(group) >= result.least_people]
    if copies:
        parts.append(
            section(_("Said in the same words"), _copies(copies, words), note=_("Counted once per person."))
        )
    rests = document.rests_on
    return build_page(
        title=_title(result),
        kicker=_("{voices} voices of {people}").format(
            voices=number_phrase(rests.voices), people=people_phrase(rests.people)
        ),
        lead=summary(document)[1:],
        parts=parts,
        document=document,
    )


def summary(document: ThemesDocument) -> list[str]:
    """The largest themes, in sentences."""
    result = document.result
    lines = [_title(result) + "."]
    if result.not_enough is not None:
        return [*lines, not_enough_phrase(result.not_enough)]
    tops = [theme for theme in result.themes if theme.level == 1][:5]
    lines += [f"{label(theme)}: {people_phrase(theme.people)}." for theme in tops]
    growing = [theme for theme in result.themes if theme.is_growing]
    if growing:
        lines.append(_("Growing: {names}.").format(names=", ".join(label(theme) for theme in growing[:5])))
    return [*lines, result.notice]


def label(theme: ThemeRow) -> str:
    return theme.label or _("a theme few people mention")


def _title(result: ThemesResult) -> str:
    if result.not_enough is not None:
        return _("There are no themes yet")
    count = sum(theme.level == 1 for theme in result.themes)
    return ngettext("One theme", "{n} themes", count).format(n=number_phrase(count))


def _theme(theme: ThemeRow, themes: Sequence[ThemeRow], words: Mapping[str, str]) -> SafeString:
    inside = [child for child in themes if child.parent == theme.id]
    below = [_theme(child, themes, words) for child in inside]
    more = fold_details(
        ngettext("{n} smaller theme in it", "{n} smaller themes in it", len(inside)).format(
            n=number_phrase(len(inside))
        ),
        *below,
    )
    body = join_parts([_about(theme), _quotes(theme, words), *([more] if inside else [])])
    heading = {1: "<section><h2 dir='auto'>{}</h2>{}</section>"}.get(
        theme.level, "<div class='item'><h3 dir='auto'>{}</h3>{}</div>"
    )
    return format_html(heading, label(theme), body)


def _about(theme: ThemeRow) -> SafeString:
    facts = [people_phrase(theme.people)]
    if theme.sections > 1:
        facts.append(_("from {n} sections").format(n=number_phrase(theme.sections)))
    if theme.one_language:
        facts.append(_("nearly all in one language ({name})").format(name=theme.one_language))
    if theme.new:
        facts.append(_("new since last time"))
    if theme.is_growing:
        facts.append(_("growing"))
    return format_html("<p class='soft'>{}</p>", " · ".join(facts))


def _quotes(theme: ThemeRow, words: Mapping[str, str]) -> SafeString:
    quotes = [words[voice] for voice in theme.quotes]
    shown = [quote for quote in quotes if not _names_contact(quote)]
    held = len(quotes) - len(shown)
    back = ngettext(
        "{n} quote is hidden: it contains contact details.",
        "{n} quotes are hidden: they contain contact details.",
        held,
    ).format(n=number_phrase(held))
    body = format_html_join("", "<p dir='auto'>“{}”</p>", ((fold_long_words(quote),) for quote in shown))
    return format_html("{}{}", body, format_html("<p class='soft'>{}</p>", back) if held else "")


def _names_contact(text: str) -> bool:
    return any(flag.kind in _KEPT_BACK for flag in find_flags(text))


def _copies(groups: Sequence[Sequence[str]], words: Mapping[str, str]) -> SafeString:
    ranked = sorted(groups, key=lambda group: (-len(group), group[0]))[:20]
    safe = [group for group in ranked if not _names_contact(words[group[0]])]
    rows = [(fold_long_words(words[group[0]]), number_phrase(len(group))) for group in safe]
    return table([_("Words"), _("Voices")], rows)
