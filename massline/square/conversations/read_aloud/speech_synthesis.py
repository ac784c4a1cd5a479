"""Speech from text by espeak-ng, made small: 11,025 samples of 8 bits a second, about 11 kB for each second of speech.

Text goes in on standard input and never onto a command line; nothing is written to disk.
"""

import shutil
import struct
import subprocess
from array import array
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings

MOST_SECONDS = 10
WORDS_A_MINUTE = "150"
KEPT = 128
# As many at once in a process; whoever comes later asks again.
AT_ONCE = BoundedSemaphore(2)
# Languages whose voice has another code.
VOICE_OF = {"zh": "cmn", "no": "nb", "tl": "fil"}
_SAMPLES_AT = 44  # the header of a PCM file as espeak-ng writes it
_RATE_AT = 24
_kept: dict[tuple[str, str], bytes] = {}


class Unspoken(Exception):
    """The program failed, took too long, or speaks to too many others just now."""


@cache
def known_voices(program: str) -> frozenset[str]:
    """Codes of the languages that the program speaks; none where it is not installed."""
    path = shutil.which(program)
    if path is None:
        return frozenset()
    try:
        listed = subprocess.run([path, "--voices"], capture_output=True, check=True, timeout=MOST_SECONDS)
    except (subprocess.SubprocessError, OSError):
        return frozenset()
    rows = (line.split() for line in listed.stdout.decode("utf-8", "replace").splitlines()[1:])
    return frozenset(row[1] for row in rows if len(row) > 1)


def find_voice(language: str) -> str:
    """Return the voice for a language, "es" for "es-MX"; empty where nobody speaks it."""
    voices, base = known_voices(settings.READ_ALOUD), language.split("-")[0].lower()
    wanted = (language.lower(), base, VOICE_OF.get(base, base))
    return next((voice for voice in wanted if voice and voice in voices), "")


def speak(text: str, voice: str) -> bytes:
    """Return the text as a WAV file. The last few are remembered in memory; raises Unspoken.

    Nobody waits for another's speech: a thread that waited would be missing where votes are taken.
    """
    remembered = _kept.get((text, voice))
    if remembered is not None:
        return remembered
    if not AT_ONCE.acquire(blocking=False):
        raise Unspoken
    try:
        spoken = _speak(text, voice)
    finally:
        AT_ONCE.release()
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[text, voice] = spoken
    return spoken


def forget() -> None:
    """Forget voices and what was spoken, as after another program was installed."""
    known_voices.cache_clear()
    _kept.clear()


def _speak(text: str, voice: str) -> bytes:
    path = shutil.which(settings.READ_ALOUD)
    if path is None:
        raise Unspoken
    command = [path, "-b", "1", "-v", voice, "-s", WORDS_A_MINUTE, "--stdin", "--stdout"]
    try:
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, check=True, timeout=MOST_SECONDS
        )
    except (subprocess.SubprocessError, OSError) as problem:
        raise Unspoken from problem
    return shrink(done.stdout)


def shrink(wave: bytes) -> bytes:
    """Halve rate and depth of a WAV file of 16 bits and one channel: the mean of two samples, as 8 bits without a sign."""
    if len(wave) <= _SAMPLES_AT or not wave.startswith(b"RIFF"):
        raise Unspoken
    (rate,) = struct.unpack_from("<I", wave, _RATE_AT)
    samples = array("h", wave[_SAMPLES_AT : len(wave) - len(wave) % 4])
    small = bytes((((a + b) // 2) >> 8) + 128 for a, b in zip(samples[::2], samples[1::2], strict=True))
    half = rate // 2
    form = struct.pack("<IHHIIHH", 16, 1, 1, half, half, 1, 8)
    length = 4 + 8 + len(form) - 4 + 8 + len(small)
    return b"".join(
        [b"RIFF", struct.pack("<I", length), b"WAVEfmt ", form, b"data", struct.pack("<I", len(small)), small]
    )
