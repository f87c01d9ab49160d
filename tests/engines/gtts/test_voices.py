"""Which voices there are, what they are called, and what the options may say."""

import msgspec
import pytest
from gtts.lang import tts_langs

from pipeline.engines.gtts.options import GttsOptions
from pipeline.engines.gtts.voices import find_voice, google_voices
from pipeline.errors import VoiceNotFound

VOICES = google_voices(tts_langs())


@pytest.mark.parametrize(
    ("name", "language", "tld"),
    [
        ("en-GB", "en", "co.uk"),
        ("en-gb", "en", "co.uk"),
        ("EN-us", "en", "us"),
        ("en", "en", "com"),
        ("de", "de", "com"),
        ("fr", "fr", "com"),
        ("fr-FR", "fr", "fr"),
        ("fr-ca", "fr-CA", "com"),
        ("pt", "pt", "com"),
        ("pt-br", "pt", "com.br"),
        ("pt-PT", "pt-PT", "com"),
        ("es-MX", "es", "com.mx"),
        ("zh-tw", "zh-TW", "com"),
        ("he", "iw", "com"),
        ("iw", "iw", "com"),
    ],
)
def test_a_tag_is_a_language_and_where_it_is_asked(name: str, language: str, tld: str) -> None:
    voice = find_voice(name, VOICES)
    assert (voice.language, voice.tld) == (language, tld)


def test_every_language_of_the_library_is_a_voice_of_its_own() -> None:
    for tag in tts_langs():
        assert find_voice(tag, VOICES).language == tag
    names = [voice.name for voice in VOICES]
    assert names == sorted(set(names))
    assert all(find_voice(name, VOICES).name == name for name in names)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("de-AT", "de,?"),
        ("en-UK", "en-GB, en"),
        ("en-gg", "en, .*en-GB"),
        ("nobody", "en, en-AU"),
        ("fr-BE", "fr, .*fr-FR"),
    ],
)
def test_an_unknown_one_is_refused_with_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(VoiceNotFound, match=f'no voice "{name}".* to one of: {nearest}'):
        find_voice(name, VOICES)


@pytest.mark.parametrize(
    "address",
    ["ftp://translate.example", "translate.google.com", "https://", "http://[::1", "https://a b.example", "http://h:0"],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="address is no web address"):
        msgspec.convert({"address": address}, GttsOptions)


def test_an_address_with_a_secret_is_refused_and_not_repeated() -> None:
    with pytest.raises(msgspec.ValidationError) as raised:
        msgspec.convert({"address": "https://me:hushhush@mirror.example"}, GttsOptions)
    assert "hushhush" not in str(raised.value)


def test_it_asks_no_more_often_than_a_person_would() -> None:
    options = msgspec.convert({}, GttsOptions)
    assert (options.at_once, options.requests_a_minute, options.timeout_s, options.tries) == (2, 90, 20, 8)
    assert msgspec.convert({"address": "http://127.0.0.1:8080/{tld}/"}, GttsOptions).address.endswith("/{tld}/")
