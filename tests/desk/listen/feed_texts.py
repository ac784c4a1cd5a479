"""Feeds as their programs write them: calendars, and a page that names its feed."""

from datetime import date


def calendar(*events: str) -> bytes:
    inside = "".join(f"BEGIN:VEVENT\r\n{event}END:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{inside}END:VCALENDAR\r\n".encode()


def event(uid: str, start: str, *more: str, title: str = "March") -> str:
    return "".join(f"{line}\r\n" for line in (f"UID:{uid}", f"DTSTART{start}", f"SUMMARY:{title}", *more))


TODAY = date(2026, 12, 1)
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/news.xml"></head><body>Hi</body></html>'
