"""Floor 3, inside gtts: its voices. A voice is a language of Google Translate, and of some an accent. Pure.

The accent comes with the national address that is asked: English at translate.google.co.uk is British.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from pipeline.engines.contract import Voice
from pipeline.errors import VoiceNotFound

LICENCE = "Google Translate's voice; Google's terms of use apply"


class GoogleVoice(Struct, frozen=True, kw_only=True):
    """``name`` is what show.toml calls it, ``language`` what Google does, ``tld`` the address that has the accent."""

    name: str
    language: str
    tld: str
    label: str


#: Name -> Google's language, its national address, and words for people.
#: Source: gTTS 2.5.4, documentation, "Localized 'accents'".
_ACCENTS = {
    "en-AU": ("en", "com.au", "English (Australia)"),
    "en-CA": ("en", "ca", "English (Canada)"),
    "en-GB": ("en", "co.uk", "English (United Kingdom)"),
    "en-IE": ("en", "ie", "English (Ireland)"),
    "en-IN": ("en", "co.in", "English (India)"),
    "en-NG": ("en", "com.ng", "English (Nigeria)"),
    "en-US": ("en", "us", "English (United States)"),
    "en-ZA": ("en", "co.za", "English (South Africa)"),
    "es-ES": ("es", "es", "Spanish (Spain)"),
    "es-MX": ("es", "com.mx", "Spanish (Mexico)"),
    "es-US": ("es", "us", "Spanish (United States)"),
    "fr-FR": ("fr", "fr", "French (France)"),
    "pt-BR": ("pt", "com.br", "Portuguese (Brazil)"),
}
#: Tags that Google kept and the world has renamed. Source: IANA language subtag registry, Preferred-Value.
_RENAMED = {"iw": "he", "jw": "jv"}

#: What people write for a country whose code is another. Source: ISO 3166-1, exceptional reservations.
_PLACES = {"uk": "gb"}


def google_voices(languages: Mapping[str, str]) -> tuple[GoogleVoice, ...]:
    """Every voice, by name; ``languages`` is what gTTS says Google speaks: tag -> name."""
    accents = [
        GoogleVoice(name=name, language=language, tld=tld, label=label)
        for name, (language, tld, label) in _ACCENTS.items()
        if language in languages  # another gTTS may know others
    ]
    plain = [
        GoogleVoice(name=_RENAMED.get(tag, tag), language=tag, tld="com", label=label)
        for tag, label in languages.items()
        if tag not in _ACCENTS
    ]
    return tuple(sorted(accents + plain, key=lambda voice: voice.name))


def find_voice(name: str, voices: Sequence[GoogleVoice]) -> GoogleVoice:
    """The voice called ``name``, or by Google's own tag, whatever its capitals.

    Raises: VoiceNotFound, which names the nearest ones.
    """
    by_tag = {voice.language.lower(): voice for voice in voices if voice.tld == "com"}
    by_tag |= {voice.name.lower(): voice for voice in voices}
    voice = by_tag.get(name.strip().lower())
    if voice is None:
        raise _not_found(name, voices)
    return voice


def listed(voice: GoogleVoice) -> Voice:
    """``voice`` as `voices list` shows it."""
    return Voice(name=voice.name, language=voice.name, label=voice.label, licence=LICENCE)


def _not_found(name: str, voices: Sequence[GoogleVoice]) -> VoiceNotFound:
    """The language itself comes first: who writes "de-AT" is glad of "de"."""
    names = {voice.name.lower(): voice.name for voice in voices}
    language, _, place = name.strip().lower().partition("-")
    near = [tag for tag in (f"{language}-{_PLACES.get(place, place)}", language) if tag in names]
    near += [tag for tag in get_close_matches(name.lower(), names, n=5) if tag not in near]
    near = near or [tag for tag in names if tag.startswith("en")]
    return VoiceNotFound(
        f'gtts has no voice "{name}"',
        cure=f"set [voice] name in show.toml to one of: {', '.join(names[tag] for tag in near)}",
    )
