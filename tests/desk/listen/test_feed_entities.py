"""A feed may declare entities: none reads a file of ours, and none grows beyond the feed."""

from datetime import date
from pathlib import Path

from massline.desk.listen.watches.feed_items import parse_feed


def feed(entities: str, title: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel><item><title>{title}</title>'
        "<link>http://paper.example/1</link></item></channel></rss>"
    ).encode()


def test_an_entity_that_names_a_file_stays_empty(tmp_path: Path, today: date) -> None:
    secret = tmp_path / "desk.secret"
    secret.write_text("what signs our cookies")
    outer = f'<!ENTITY secret SYSTEM "{secret.as_uri()}"><!ENTITY web SYSTEM "http://127.0.0.1:9/">'
    (item,) = parse_feed(feed(outer, "Eviction &secret; &web; again"), today=today).items
    assert item.title.startswith("Eviction")
    assert "cookies" not in item.title


def test_entities_that_double_nine_times_make_no_long_title(today: date) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    found = parse_feed(feed(f'<!ENTITY e0 "lol">{levels}', "Eviction &e9;"), today=today).items
    assert all(len(item.title) <= 300 for item in found)
