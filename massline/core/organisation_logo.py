"""An organisation's mark: a drawing in one colour, read from a PNG and kept as a square mask of its own making.

Nothing of the file that was sent is kept: no colours, texts, profiles or chunks. Only what PNG calls 8-bit, not interlaced, is read (ISO/IEC 15948).
"""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SIDE = 128
LARGEST_SIDE = 512
LARGEST_BYTES = 200_000
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Shares of the square that must be drawn, so that it can be told from nothing and from a block at 20 pixels.
LEAST_DRAWN, MOST_DRAWN = 0.03, 0.97


class UnreadableLogo(ValueError):
    """A file that gives no mark; `code` is format, size or drawing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def logo_mask_from_png(sent: bytes) -> bytes:
    """Return the mask of a drawing as a grey PNG of 128 × 128: white where it is drawn, cropped and centred.

    Raises UnreadableMark for another format, a picture that is too large, or one on which nothing can be told apart.
    """
    if len(sent) > LARGEST_BYTES:
        raise UnreadableLogo("size")
    mask = _square(_mask(_read_png(sent)))
    drawn = float((mask > 0.5).mean())
    if not LEAST_DRAWN <= drawn <= MOST_DRAWN:
        raise UnreadableLogo("drawing")
    return encode_png(np.round(mask * 255).astype(np.uint8)[..., None], colour_type=0)


def draw_logo(mark: bytes, colour: str) -> bytes:
    """Draw a kept mask in one colour on a transparent ground, as PNG."""
    mask = _read_png(mark)[..., 0]
    drawn = np.empty((*mask.shape, 4), np.uint8)
    drawn[..., :3] = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    drawn[..., 3] = mask
    return encode_png(drawn, colour_type=6)


def _mask(pixels: Pixels) -> npt.NDArray[np.float64]:
    """How much of each pixel is drawn: its opacity, or on a ground without any, how much it differs from the corners."""
    if (pixels[..., 3] < 250).any():
        return pixels[..., 3].astype(float) / 255
    grey = pixels[..., :3].astype(float) @ [0.2126, 0.7152, 0.0722] / 255
    ground = float(np.median([grey[0, 0], grey[0, -1], grey[-1, 0], grey[-1, -1]]))
    apart = np.abs(grey - ground)
    # What is nearly as dark as the darkest counts as drawn: scans and palettes are never even.
    return np.clip(apart * 1.25 / max(float(apart.max()), 0.2), 0, 1)


def _square(mask: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Crop to what is drawn, centre it in a square with some air, and bring it to the side by areas."""
    rows, columns = np.where(mask > 0.1)
    if rows.size == 0:
        raise UnreadableLogo("drawing")
    cut = mask[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    side = int(np.ceil(max(cut.shape) * 1.16))
    whole = np.zeros((side, side))
    top, left = (side - cut.shape[0]) // 2, (side - cut.shape[1]) // 2
    whole[top : top + cut.shape[0], left : left + cut.shape[1]] = cut
    weights = _area_weights(side)
    return np.clip(weights @ whole @ weights.T, 0, 1)


def _area_weights(side: int) -> npt.NDArray[np.float64]:
    """Shares with which `side` lines flow into each of the kept ones; every row sums to one."""
    edges = np.linspace(0, side, SIDE + 1)
    lines = np.arange(side)
    overlap = np.minimum(edges[1:, None], lines + 1) - np.maximum(edges[:-1, None], lines)
    weights = np.clip(overlap, 0, None)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _read_png(sent: bytes) -> Pixels:
    """Read a PNG as red, green, blue and opacity. Raises UnreadableMark as `logo_mask_from_png` does."""
    if not sent.startswith(SIGNATURE):
        raise UnreadableLogo("format")
    header, data, palette, clear = b"", b"", b"", b""
    for kind, body in _chunks(sent):
        if kind == b"IHDR":
            header = body
        elif kind == b"IDAT":
            data += body
        elif kind == b"PLTE":
            palette = body
        elif kind == b"tRNS":
            clear = body
    if len(header) != 13:
        raise UnreadableLogo("format")
    width, height, depth, colour, _packing, _filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if depth != 8 or colour not in CHANNELS or interlaced:
        raise UnreadableLogo("format")
    if not (1 <= width <= LARGEST_SIDE and 1 <= height <= LARGEST_SIDE):
        raise UnreadableLogo("size")
    rows = _unfilter(_inflate(data, height * (width * CHANNELS[colour] + 1)), height, width, CHANNELS[colour])
    return _to_rgba(rows, colour, palette, clear)


def _chunks(sent: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place + 12 <= len(sent):
        (length,) = struct.unpack_from(">I", sent, place)
        body = sent[place + 8 : place + 8 + length]
        if len(body) != length:
            raise UnreadableLogo("format")
        yield sent[place + 4 : place + 8], body
        place += 12 + length


def _inflate(data: bytes, expected: int) -> bytes:
    try:
        raw = zlib.decompressobj().decompress(data, expected)
    except zlib.error as problem:
        raise UnreadableLogo("format") from problem
    if len(raw) != expected:
        raise UnreadableLogo("format")
    return raw


def _unfilter(raw: bytes, height: int, width: int, channels: int) -> Pixels:
    lines = np.frombuffer(raw, np.uint8).reshape(height, width * channels + 1)
    done = np.zeros((height, width, channels), np.uint8)
    above = np.zeros((width, channels), np.uint8)
    for number, line in enumerate(lines):
        above = done[number] = _unfilter_line(int(line[0]), line[1:].reshape(width, channels), above)
    return done


def _unfilter_line(kind: int, line: Pixels, above: Pixels) -> Pixels:
    if kind == 0:
        return line
    if kind == 1:
        return np.cumsum(line, axis=0, dtype=np.uint64).astype(np.uint8)
    if kind == 2:
        return line + above
    if kind not in (3, 4):
        raise UnreadableLogo("format")
    done = np.zeros_like(line)
    for channel in range(line.shape[1]):
        left = corner = 0
        ups, values = above[:, channel].tolist(), line[:, channel].tolist()
        for place, (value, up) in enumerate(zip(values, ups, strict=True)):
            guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
            left = done[place, channel] = (value + guess) & 0xFF
            corner = up
    return done


def _paeth(left: int, up: int, corner: int) -> int:
    guess = int(left) + up - corner
    apart = abs(guess - left), abs(guess - up), abs(guess - corner)
    return left if apart[0] <= apart[1] and apart[0] <= apart[2] else up if apart[1] <= apart[2] else corner


def _to_rgba(rows: Pixels, colour: int, palette: bytes, clear: bytes) -> Pixels:
    height, width, _channels = rows.shape
    pixels = np.full((height, width, 4), 255, np.uint8)
    if colour == 3:
        if len(palette) % 3 or int(rows.max()) >= len(palette) // 3:
            raise UnreadableLogo("format")
        table = np.frombuffer(palette, np.uint8).reshape(-1, 3)
        opacity = np.full(len(table), 255, np.uint8)
        opacity[: len(clear)] = np.frombuffer(clear[: len(table)], np.uint8)
        pixels[..., :3], pixels[..., 3] = table[rows[..., 0]], opacity[rows[..., 0]]
    elif colour in (0, 4):
        pixels[..., :3] = rows[..., :1]
    else:
        pixels[..., :3] = rows[..., :3]
    if colour in (4, 6):
        pixels[..., 3] = rows[..., -1]
    return pixels


def encode_png(rows: Pixels, *, colour_type: int) -> bytes:
    """Write rows of 8-bit channels as a PNG of this colour type, without any text or profile."""
    height, width, channels = rows.shape
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    lines = np.concatenate([np.zeros((height, 1), np.uint8), rows.reshape(height, width * channels)], axis=1)
    body = zlib.compress(lines.tobytes(), 9)
    return SIGNATURE + b"".join(
        _chunk(kind, data) for kind, data in ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
