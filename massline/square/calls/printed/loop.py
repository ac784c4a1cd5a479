"""Ten silent seconds for screens: the design, then when and where, then what to do, and again, as an animated WebP."""

import json
from io import BytesIO

from PIL import Image

from massline.square.calls.printed.drawn import Form, design_png
from massline.square.calls.printed.models import Design

SIDE = 720
SECONDS = 10
# Each step slides over the last in so many pictures of so many milliseconds; the rest of its time it stands still.
SLIDES, SLIDE_MS = 4, 60
QUALITY = 82


def draw_loop(facts: str, qr: str, design: Design, *, is_right_to_left: bool) -> bytes:
    """Draw the loop as 720 × 720 pixels; a new step comes in from the side where lines of its script end."""
    steps = _steps(facts)
    stills = [_open(design_png(facts, qr, design, Form.SQUARE, step=step)) for step in steps]
    frames: list[Image.Image] = []
    durations: list[int] = []
    rest = SECONDS * 1000 - len(steps) * SLIDES * SLIDE_MS
    for place, still in enumerate(stills):
        shown = rest // len(steps) + (rest % len(steps) if place == 0 else 0)
        frames.append(still)
        durations.append(shown)
        following = stills[(place + 1) % len(stills)]
        frames += [_slid(still, following, slide, is_right_to_left) for slide in range(1, SLIDES + 1)]
        durations += [SLIDE_MS] * SLIDES
    made = BytesIO()
    frames[0].save(
        made,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=0,
        quality=QUALITY,
        method=2,
    )
    return made.getvalue()


def _steps(facts: str) -> list[str]:
    """The steps that have something to say: a question without a closing date has neither day nor place."""
    said = json.loads(facts)
    return ["face", *(["when"] if said["when"] or said["place"] else []), "ask"]


def _open(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _slid(still: Image.Image, following: Image.Image, slide: int, is_right_to_left: bool) -> Image.Image:
    """The next step, so far in as it is at this picture; it slows down as it comes."""
    left = round(SIDE * (1 - slide / (SLIDES + 1)) ** 2)
    frame = still.copy()
    frame.paste(following, (-left if is_right_to_left else left, 0))
    return frame
