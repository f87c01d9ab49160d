"""What host and worker say to each other: frames of a 4-byte length, big-endian, and a msgpack value."""

import msgspec
from msgspec import Struct


class WordEvent(Struct, frozen=True, array_like=True):
    """A word as espeak-ng reports it: its first character (from 0), how many, and its first sample."""

    char_start: int
    char_count: int
    sample: int


class LibraryVoice(Struct, frozen=True, array_like=True):
    """A voice as espeak-ng lists it: language tag, label, and the name of its file, which selects it."""

    language: str
    label: str
    identifier: str


class SetVoice(Struct, frozen=True, tag=True):
    """Request: speak with this voice from now on."""

    identifier: str
    pace_wpm: int


class Speak(Struct, frozen=True, tag=True):
    """Request: say this."""

    text: str


class Pronounce(Struct, frozen=True, tag=True):
    """Request: tell in IPA how each of these would be said."""

    texts: tuple[str, ...]


class Greeting(Struct, frozen=True, tag=True):
    """The worker's first words: the library's version and voices."""

    version: str
    voices: tuple[LibraryVoice, ...]


class Ready(Struct, frozen=True, tag=True):
    """Answer to SetVoice."""


class Spoken(Struct, frozen=True, tag=True):
    """Answer to Speak: int16 mono at the library's rate, and its word events."""

    pcm: bytes
    words: tuple[WordEvent, ...]


class Pronounced(Struct, frozen=True, tag=True):
    """Answer to Pronounce: the IPA of each text."""

    ipa: tuple[str, ...]


class Failed(Struct, frozen=True, tag=True):
    """Answer to any of them: what went wrong."""

    what: str


Request = SetVoice | Speak | Pronounce
Answer = Greeting | Ready | Spoken | Pronounced | Failed

encode = msgspec.msgpack.encode
decode_request = msgspec.msgpack.Decoder(Request).decode
decode_answer = msgspec.msgpack.Decoder(Answer).decode
