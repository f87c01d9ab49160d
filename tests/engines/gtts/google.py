"""A server on this computer that answers as Google Translate's does, with the faults that a test plans for it."""

import json
import threading
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from random import Random
from urllib.parse import parse_qsl

import lameenc
import numpy as np
from gtts import gTTS
from msgspec import Struct

from tests.engines.network.loopback import Call, Reply, Server, serving

PATH = "/_/TranslateWebserverUi/data/batchexecute"
RATE = 24_000
#: Bytes of one MP3 frame of 576 samples at 64 kbit/s and 24 kHz, which come out even. Source: ISO/IEC 13818-3.
FRAME = 192
SILENCE_BEFORE_S, SILENCE_AFTER_S = 0.12, 0.35
LETTERS_A_SECOND, LETTERS_A_SECOND_SLOW = 15, 9

CONSENT = (
    b"<!doctype html><html><head><title>Before you continue to Google Translate</title></head><body></body></html>"
)


class Fault(Enum):
    """What may go wrong with one answer."""

    TOO_MANY = "429"
    TOO_MANY_AND_WHEN = "429 with Retry-After"
    REDIRECTED = "302 to a page for people"
    BROKEN = "500"
    BUSY = "503"
    BUSY_AND_WHEN = "503 with Retry-After"
    PAGE = "a page, as a success"
    NOTHING = "no sound"
    NULL = "a row without sound"
    BASE64 = "broken base64"
    JSON = "half of the answer, as a whole one"
    MID_FRAME = "an MP3 cut within a frame"
    HALF = "half of the sound, at a frame's end"
    CUT = "a connection that is cut"
    SILENT = "a connection that ends without a word"
    SLOW = "slower than anybody waits"


class Asked(Struct, frozen=True, kw_only=True):
    """What one request asks for."""

    text: str
    language: str
    is_slow: bool


class Google:
    """The server's mind: what it was asked, what it answered well, and what it still does badly."""

    def __init__(self, faults: Sequence[tuple[str, Fault]], *, then: Reply | None, after: int, slow_s: float) -> None:
        self._lock = threading.Lock()
        self._faults: dict[str, list[Fault]] = {}
        for text, fault in faults:
            self._faults.setdefault(text, []).append(fault)
        self.then, self.after = then, after
        self._slow_s = slow_s
        self.asked: list[Asked] = []
        self.answered: Counter[str] = Counter()
        self.complaints: list[str] = []
        self.server: Server

    @property
    def faults_left(self) -> int:
        return sum(map(len, self._faults.values()))

    def answer(self, call: Call) -> Reply:
        with self._lock:
            asked = self._read(call)
            if asked is None:
                return Reply(status=400, body=b"bad request")
            self.asked.append(asked)
            if self.then is not None and len(self.asked) > self.after:
                return self.then
            faults = self._faults.get(asked.text)
            if faults:
                return self._faulty(faults.pop(), asked)
            self.answered[asked.text] += 1
        return Reply(headers=_JSON, body=answer_of(mp3_of(asked.text, is_slow=asked.is_slow)))

    def _read(self, call: Call) -> Asked | None:
        """What is asked for; complains of what the real one would not take, or of what gives us away."""
        try:
            ((name, outer),) = parse_qsl(call.body.decode("ascii").removesuffix("&"), strict_parsing=True)
            (((rpc, inner, _, kind),),) = json.loads(outer)
            text, language, slow, _ = json.loads(inner)
        except ValueError as error:
            self.complaints.append(f"cannot read {call.body[:80]!r}: {error}")
            return None
        wrong = [
            (call.method, "POST"),
            (call.path, PATH),
            ((name, rpc, kind), ("f.req", "jQ1olc", "generic")),
            (slow in (None, True), True),
            (0 < len(text) <= 100, True),
            (text.strip(), text),
            (any(sign.isalnum() for sign in text), True),
            *((call.headers.get(header.lower()), value) for header, value in gTTS.GOOGLE_TTS_HEADERS.items()),
        ]
        self.complaints += [f"{seen!r} instead of {meant!r} for {text!r}" for seen, meant in wrong if seen != meant]
        return Asked(text=text, language=language, is_slow=bool(slow))

    def _faulty(self, fault: Fault, asked: Asked) -> Reply:
        sound = mp3_of(asked.text, is_slow=asked.is_slow)
        body = answer_of(sound)
        frames = len(sound) // FRAME
        plain = {
            Fault.TOO_MANY: Reply(status=429, headers=_HTML, body=b"<html>Our systems have detected unusual traffic"),
            Fault.TOO_MANY_AND_WHEN: Reply(status=429, headers={"Retry-After": "0"}),
            Fault.REDIRECTED: Reply(status=302, headers={"Location": "/sorry/index"}),
            Fault.BROKEN: Reply(status=500),
            Fault.BUSY: Reply(status=503),
            Fault.BUSY_AND_WHEN: Reply(status=503, headers={"Retry-After": "0"}),
            Fault.PAGE: Reply(headers=_HTML, body=CONSENT),
            Fault.NOTHING: Reply(headers=_JSON, body=b")]}'\n\n" + b'[["di",31],["e",4,null,null,131]]'),
            Fault.NULL: Reply(headers=_JSON, body=b")]}'\n\n" + b'[["wrb.fr","jQ1olc",null,null,null,null,"generic"]]'),
            Fault.BASE64: Reply(headers=_JSON, body=body.replace(b'[\\"', b'[\\"*', 1)),
            Fault.JSON: Reply(headers=_JSON, body=body[: len(body) // 2]),
            Fault.MID_FRAME: Reply(headers=_JSON, body=answer_of(sound[: frames // 2 * FRAME + FRAME // 3])),
            Fault.HALF: Reply(headers=_JSON, body=answer_of(sound[: frames // 2 * FRAME])),
            Fault.CUT: Reply(headers=_JSON, body=body, cut_after=len(body) // 2),
            Fault.SILENT: Reply(is_silent=True),
            Fault.SLOW: Reply(headers=_JSON, body=body, delay_s=self._slow_s),
        }
        return plain[fault]


_JSON = {"Content-Type": "application/json; charset=utf-8"}
_HTML = {"Content-Type": "text/html; charset=utf-8"}


@contextmanager
def google(
    faults: Sequence[tuple[str, Fault]] = (), *, then: Reply | None = None, after: int = 0, slow_s: float = 1.0
) -> Iterator[Google]:
    """Google on this computer: answers each text well after its ``faults``; ``after`` so many requests, ``then`` only.

    At the end it complains of every request that the real one would not have taken.
    """
    mind = Google(faults, then=then, after=after, slow_s=slow_s)
    with serving(mind.answer) as server:
        mind.server = server
        yield mind
    assert mind.complaints == []


def random_faults(texts: Sequence[str], count: int, *, seed: int) -> list[tuple[str, Fault]]:
    """``count`` of them for any of ``texts``, at most seven for each; few that take the time of a time-out."""
    chance = Random(seed)
    kinds = list(Fault)
    weights = [0.15 if kind is Fault.SLOW else 1.0 for kind in kinds]
    where = chance.sample([text for text in texts for _ in range(7)], count)
    return list(zip(where, chance.choices(kinds, weights, k=count), strict=True))


@lru_cache(maxsize=1024)
def mp3_of(text: str, *, is_slow: bool = False) -> bytes:
    """How this Google says ``text``: a tone of its own, as long as its letters take, between two silences."""
    letters = sum(sign.isalnum() for sign in text)
    count = round(RATE * max(letters, 3) / (LETTERS_A_SECOND_SLOW if is_slow else LETTERS_A_SECOND))
    pitch_hz = 200 + int.from_bytes(sha256(text.encode()).digest()[:2], "big") % 600
    tone = np.sin(2 * np.pi * pitch_hz * np.arange(count) / RATE) * 9000
    before, after = (np.zeros(round(RATE * seconds)) for seconds in (SILENCE_BEFORE_S, SILENCE_AFTER_S))
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(5)
    samples = np.rint(np.concatenate([before, tone, after])).astype("<i2")
    return bytes(encoder.encode(samples.tobytes()) + encoder.flush())


def answer_of(sound: bytes) -> bytes:
    """The answer that holds ``sound``, in the pieces and with the lengths that Google writes."""
    inner = json.dumps([b64encode(sound).decode()], separators=(",", ":"))
    rows = [
        [["wrb.fr", "jQ1olc", inner, None, None, None, "generic"]],
        [["di", 57], ["af.httprm", 57, "-1187", 12]],
        [["e", 4, None, None, 131]],
    ]
    lines = [json.dumps(row, separators=(",", ":")) for row in rows]
    return (")]}'\n\n" + "".join(f"{len(line) + 2}\n{line}\n" for line in lines)).encode()
