"""The page a document becomes: one file that needs no other, to read on a screen or on paper."""

from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from massline.engine.result_documents import Document, to_json
from massline.files.number_phrases import LANGUAGE, _, left_out_phrase, number_phrase

_LONG = 400


def build_page(
    *,
    title: str,
    kicker: str,
    lead: Sequence[str],
    parts: Iterable[SafeString],
    document: Document,
    quote: str = "",
    language: str = LANGUAGE,
) -> str:
    """Set a page: one strong sentence, what it rests on, then the parts.

    `title`, `kicker`, `lead` and `quote` are plain text; `parts` come from the functions below.
    """
    shell = (
        "<!doctype html><html lang='{}' dir='{}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'><title>{}</title>"
        "<style>{}</style></head><body><main><header><p class='kicker'>{}</p><h1>{}</h1>{}{}</header>{}{}"
        "</main></body></html>\n"
    )
    return format_html(
        shell,
        language,
        "rtl" if language == "ar" else "ltr",
        title,
        _style(),
        kicker,
        title,
        format_html("<blockquote dir='auto'>{}</blockquote>", fold_long_words(quote)) if quote else "",
        format_html_join("", "<p class='lead'>{}</p>", ((sentence,) for sentence in lead)),
        join_parts(parts),
        _foot(document),
    )


def join_parts(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def section(heading: str, *parts: SafeString, note: str = "", part: str = "") -> SafeString:
    """A section under its heading; `part` names it for scripts and tests."""
    paragraph = format_html("<p class='soft'>{}</p>", note) if note else ""
    named = format_html(" data-part='{}'", part) if part else ""
    return format_html("<section{}><h2>{}</h2>{}{}</section>", named, heading, paragraph, join_parts(parts))


def figure(drawing: str, *, heading: str, note: str, table: SafeString | str = "") -> SafeString:
    """A chart under its own sentence, with its numbers folded beside it.

    `drawing` comes from `massline.web.charts`, which escapes every word it is given.
    """
    numbers = (
        format_html("<details><summary>{}</summary>{}</details>", _("The numbers"), table) if table else ""
    )
    return format_html(
        "<figure><figcaption><h2>{}</h2><p class='soft'>{}</p></figcaption>{}{}</figure>",
        heading,
        note,
        svg(drawing),
        numbers,
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str | SafeString]]) -> SafeString:
    names = format_html_join("", "<th scope='col'>{}</th>", ((name,) for name in head))
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        ((format_html_join("", "<td dir='auto'>{}</td>", ((c,) for c in row)),) for row in rows),
    )
    return format_html(
        "<div class='wide' tabindex='0'><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        names,
        body,
    )


def fold_long_words(text: str) -> SafeString:
    """A person's words, whole; what is very long folds away after its beginning."""
    if len(text) <= _LONG:
        return format_html("{}", text)
    return format_html("{}… <details><summary>{}</summary>{}</details>", text[:_LONG], _("Full list"), text)


def fold_details(summary: str, *parts: SafeString) -> SafeString:
    return format_html("<details><summary>{}</summary>{}</details>", summary, join_parts(parts))


def wide_and_narrow(draw: Callable[[bool, str], str], id: str) -> SafeString:
    """A chart in its wide and its narrow layout, of which a screen shows one.

    `draw` takes whether it is narrow and the id to use.
    """
    return format_html(
        "<div class='on-wide'>{}</div><div class='on-narrow'>{}</div>",
        svg(draw(False, id)),
        svg(draw(True, f"{id}-narrow")),
    )


def svg(drawing: str) -> SafeString:
    """A chart that stands inside other parts."""
    return mark_safe(drawing)


def _style() -> SafeString:
    charts = files("massline.web").joinpath("static/massline/charts.css").read_text("utf-8")
    own = files("massline.files").joinpath("page.css").read_text("utf-8")
    return mark_safe(own + charts)


def _foot(document: Document) -> SafeString:
    rests_on = to_json(document.rests_on)
    counted = [(left_out_phrase(key), number_phrase(n)) for key, n in sorted(rests_on.items())]
    left = [(left_out_phrase(key), number_phrase(n)) for key, n in sorted(document.left_out.items()) if n]
    nothing = format_html("<p>{}</p>", _("Nothing was left out."))
    out = table([_("Left out"), _("How many")], left) if left else nothing
    return format_html(
        "<footer><h2>{}</h2>{}{}<p class='soft'>{} {} · {} {} · {} {}</p></footer>",
        _("What this is based on"),
        table([_("Counted"), _("How many")], counted),
        out,
        _("File"),
        document.schema,
        _("engine"),
        document.engine_version,
        _("seed"),
        document.seed,
    )
