"""What Google answers: the sound in it, however it is written, and everything that is no sound."""

import contextlib
import json
from base64 import b64encode

import pytest
from gtts import gTTS
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.gtts.answers import CALL, sound_of
from pipeline.engines.network import BadAnswer
from tests.engines.gtts.google import CONSENT, answer_of, mp3_of

SOUND = b"\xff\xf3\x84\xc4 not really a frame"
ROW = ["wrb.fr", CALL, json.dumps([b64encode(SOUND).decode()]), None, None, None, "generic"]


def test_the_sound_of_a_whole_answer() -> None:
    assert sound_of(answer_of(mp3_of("The ferry left Salka."))) == mp3_of("The ferry left Salka.")


def test_the_call_is_the_library_s() -> None:
    assert gTTS.GOOGLE_TTS_RPC == CALL


@pytest.mark.parametrize(
    "body",
    [
        ")]}'\n\n" + json.dumps([ROW, ["di", 12]], separators=(",", ":")),
        ")]}'\n\n" + json.dumps([ROW]),
        ")]}'\r\n\r\n123\r\n" + json.dumps([ROW], indent=2) + '\r\n25\r\n[["e",4,null,null,131]]\r\n',
        json.dumps([["af.httprm", 1], ROW]),
        "\n" + json.dumps([["wrb.fr", "other", "[1]"], ROW]) + "\n",
    ],
)
def test_it_is_found_however_the_json_is_laid_out(body: str) -> None:
    assert sound_of(body.encode()) == SOUND


def row(payload: object) -> bytes:
    return b")]}'\n\n" + json.dumps([["wrb.fr", CALL, payload, None]]).encode()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "no sound"),
        (CONSENT, "a page"),
        (b"\xef\xbb\xbf  <HTML><body>sorry", "a page"),
        (b")]}'\n\n" + b'[["di",31],["e",4,null,null,131]]', "no sound"),
        (row(None), "no sound"),
        (row("[]"), "no sound"),
        (row("[null]"), "no sound"),
        (row('[""]'), "no sound"),
        (row("{}"), "no sound"),
        (row('["*AAA"]'), "broken base64"),
        (row('["AAA"]'), "broken base64"),
        (row('["Ä"]'), "broken base64"),
        (row('["AAAA"'), "broken"),
        (answer_of(SOUND)[:60], "not whole"),
        (answer_of(SOUND) + answer_of(SOUND).removeprefix(b")]}'"), "2 times"),
        (b"[" * 100_000, "not whole"),
        (b"upstream connect error", "not whole"),
        (b'{"error": 500}', "no sound"),
    ],
)
def test_what_is_no_sound_is_named(body: bytes, what: str) -> None:
    with pytest.raises(BadAnswer) as raised:
        sound_of(body)
    assert what in raised.value.what


@given(st.integers(0, len(answer_of(SOUND)) - 1))
def test_an_answer_cut_anywhere_gives_the_whole_sound_or_none(length: int) -> None:
    with contextlib.suppress(BadAnswer):
        assert sound_of(answer_of(SOUND)[:length]) == SOUND


@given(st.one_of(st.binary(max_size=300), st.text(")]}'\n[]\",0nul<", max_size=80).map(str.encode)))
def test_any_bytes_are_sound_or_a_bad_answer(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        sound_of(body)
