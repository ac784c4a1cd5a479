"""A published call, and its sheets opened as pictures and as words."""

import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from massline.desk.call import actions as call_actions
from massline.desk.call import published_call
from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.people.models import Account
from massline.square.calls.printed.printed_call import CallOnPaper
from tests.conftest import at_desk
from tests.desk.decided_loop import write_call

DOTS = 100
MILLIMETRE = DOTS / 25.4
A4 = (210, 297)
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)')
SHEETS = ("poster", "flyer", "cards", "placard", "tear-off", "sign-in", "wallet", "door", "phone")
CODES = {"poster": 1, "flyer": 2, "cards": 4, "tear-off": 1, "door": 1, "phone": 1}
ARABIC = {
    "slogan": "دفّئوا بيوتنا قبل الصقيع",
    "what": "نمشي معًا إلى مكتب الإسكان",
    "ask": "تعالوا ومعكم رسالتكم",
    "place": "ساحة الميناء، عند الساعة",
}


def publish(decision: Decision, by: Account, language: str = "en", **facts: object) -> Call:
    call = write_call(decision, by, **facts)
    call.language = language
    call.save()
    call_actions.publish_call(call=call, by=by)
    return call


class Page:
    """One PDF, looked at as a printer and a phone look at it."""

    def __init__(self, pdf: bytes, folder: Path) -> None:
        self.file = folder / "sheet.pdf"
        self.file.write_bytes(pdf)
        told = subprocess.run(["pdfinfo", self.file], capture_output=True, text=True, check=True).stdout
        self.info = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)

    def clipped(self) -> list[str]:
        """The words that reach beyond the edge of their page; a letter's box is taller than its ink by a third."""
        command = ["pdftotext", "-bbox", str(self.file), "-"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = []
        for page in told.split("<page ")[1:]:
            width, height = (float(n) for n in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
            for x, y, right, bottom, word in WORD.findall(page):
                air = (float(bottom) - float(y)) / 3
                across, down = float(x) < 0 or float(right) > width, float(bottom) - air > height
                if across or down or float(y) + air < 0:
                    found.append(word)
        return found

    def is_grey(self) -> bool:
        """Whether it asks for no colour at all."""
        command = ["pdftoppm", "-r", "40", "-singlefile", str(self.file)]
        drawn = subprocess.run(command, capture_output=True, check=True).stdout
        red, green, blue = Image.open(BytesIO(drawn)).convert("RGB").split()
        return red.tobytes() == green.tobytes() == blue.tobytes()

    def text(self) -> str:
        command = ["pdftotext", "-layout", str(self.file), "-"]
        return str(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def image(self) -> Image.Image:
        command = ["pdftoppm", "-r", str(DOTS), "-gray", "-singlefile", str(self.file)]
        drawn = subprocess.run(command, capture_output=True, check=True).stdout
        return Image.open(BytesIO(drawn))

    def codes(self) -> list[Any]:
        return list(zxingcpp.read_barcodes(self.image()))

    def ink(self) -> tuple[float, ...]:
        """The millimetres of white at the left, top, right and bottom edge; the pale lines to cut along do not count."""
        image = self.image()
        box = image.point(lambda grey: 255 if grey < 120 else 0).getbbox()
        assert box is not None
        edges = (box[0], box[1], image.width - box[2], image.height - box[3])
        return tuple(edge / MILLIMETRE for edge in edges)


def sheet(call: Call, by: Account, name: str, folder: Path, how: str = "") -> Page:
    answer = at_desk(by).get(f"/riverside/call/{call.pk}/{name}.pdf{how}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return Page(answer.content, folder)


def paper_of(call: Call) -> CallOnPaper:
    published = published_call.find_published_call(call)
    assert published is not None
    return CallOnPaper(published)
