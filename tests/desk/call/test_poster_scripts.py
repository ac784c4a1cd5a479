"""One poster in four scripts and tongues: each letter printed, the code scanned, grey, within the sheet; or said why not."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account, Organisation
from massline.web import font_coverage, pdf
from tests.desk.call.printed_sheets import ARABIC, paper_of, publish, sheet
from tests.desk.decided_loop import decide
from tests.fonts import find_chinese

SAID: dict[str, dict[str, str]] = {
    "en": {},
    "es": {
        "slogan": "¡Calor antes del frío!",
        "what": "Vamos juntas a la oficina de vivienda",
        "ask": "Ven con tu carta y una vecina",
        "place": "Plaza del Puerto, junto al reloj",
        "why": "214 cartas, ninguna respuesta.",
    },
    "ar": ARABIC,
    "zh": {
        "slogan": "天冷之前修好暖气",
        "what": "我们一起走到住房办公室",
        "ask": "带上你的信，叫上一位邻居",
        "place": "港口广场，大钟旁",
        "bring": "你的信",
        "access": "没有台阶",
        "why": "214封信，没有答复。",
    },
}


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    return decide(riverside, bea)


@pytest.mark.parametrize("language", SAID)
def test_a_poster_in_each_tongue_has_its_letters_scans_and_fits(
    decision: Decision, bea: Account, tmp_path: Path, settings: Any, language: str
) -> None:
    settings.FONTS = [find_chinese()]
    call = publish(decision, bea, language, **SAID[language])
    for name in ("poster", "flyer", "tear-off"):
        page = sheet(call, bea, name, tmp_path)
        assert page.info["Pages"].strip() == "1"
        assert page.clipped() == []
        assert page.is_grey()
        assert min(page.ink()) >= 10
        assert {code.text for code in page.codes()} == {paper_of(call).short_url_for(name[0])}
    drawn = subprocess.run(["pdffonts", page.file], capture_output=True, text=True, check=True).stdout
    assert ("DroidSansFallback" in drawn) == (language == "zh")
    # Poppler gives Arabic in its presentation forms; the other scripts read as they were written.
    said = "".join(sheet(call, bea, "poster", tmp_path).text().split())
    assert language == "ar" or "".join(call.slogan.split()) in said


def test_without_the_font_the_sheet_says_which_one_is_missing(
    decision: Decision, bea: Account, tmp_path: Path, settings: Any
) -> None:
    settings.FONTS = []
    call = publish(decision, bea, "zh", **SAID["zh"])
    page = sheet(call, bea, "poster", tmp_path)
    said = " ".join(page.text().split()).replace("- ", "-")
    assert "fonts-noto-cjk" in said
    assert "MASSLINE_FONTS" in said
    assert page.codes() == []


def test_letters_are_looked_for_and_signs_are_not() -> None:
    assert font_coverage.missing_scripts("Heat, ñandú, Straße, тепло, θέρμανση, الدفء → ☐", pdf.CARRIED) == {}
    assert font_coverage.missing_scripts("गर्मी 暖气 온기", pdf.CARRIED) == {
        "CJK": "fonts-noto-cjk",
        "DEVANAGARI": "fonts-noto-core",
        "HANGUL": "fonts-noto-cjk",
    }
    assert font_coverage.missing_scripts("天冷之前修好暖气", [find_chinese()]) == {}
