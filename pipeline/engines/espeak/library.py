"""The ctypes binding to libespeak-ng, used inside the worker process only.

Source: espeak-ng 1.52, src/include/espeak-ng/speak_lib.h.
"""

import ctypes
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import espeakng_loader

from pipeline.engines.espeak.protocol import LibraryVoice, Spoken, WordEvent

SAMPLE_RATE = 22050

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_BUFFER_MS = 1000
_UTF8 = 1
_MNEMONICS_IN_BRACKETS = 0x100
_IPA = 2
_POSITION_IS_CHARACTER = 1
_RATE_PARAMETER = 1
_EVENT_LIST_ENDS = 0
_EVENT_WORD = 1
_OK = 0


class _EventName(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventName),
    )


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Library:
    """libespeak-ng, loaded and initialised. One a process."""

    def __init__(self) -> None:
        data = Path(espeakng_loader.get_data_path())
        # The library keeps the path of its data in 160 bytes, and virtual environments can lie deep: go there instead.
        os.chdir(data.parent if data.name == "espeak-ng-data" else data)
        self._lib = ctypes.CDLL(espeakng_loader.get_library_path())
        self._declare()
        rate = self._lib.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, b".", _DONT_EXIT)
        if rate != SAMPLE_RATE:
            raise RuntimeError(f"espeak-ng did not start: it answered {rate} instead of {SAMPLE_RATE} Hz")

    def _declare(self) -> None:
        lib = self._lib
        lib.espeak_Info.argtypes = [ctypes.POINTER(ctypes.c_char_p)]
        lib.espeak_Info.restype = ctypes.c_char_p
        lib.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
        lib.espeak_ListVoices.argtypes = [ctypes.POINTER(_Voice)]
        lib.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        lib.espeak_GetCurrentVoice.restype = ctypes.POINTER(_Voice)
        lib.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
        lib.espeak_SetSynthCallback.argtypes = [_Callback]
        lib.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.POINTER(ctypes.c_uint),
            ctypes.c_void_p,
        ]
        lib.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
        lib.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def version(self) -> str:
        """The library's own version, as "1.52.0"."""
        path = ctypes.c_char_p()
        info: bytes = self._lib.espeak_Info(ctypes.byref(path))
        return info.decode().split()[0]

    def voices(self) -> tuple[LibraryVoice, ...]:
        """Every voice it lists, in its own order."""
        listed = self._lib.espeak_ListVoices(None)
        return tuple(_read_voice(listed[index].contents) for index in _until_null(listed))

    def set_voice(self, identifier: str, *, pace_wpm: int) -> bool:
        """Select the voice with this file name, with or without "+variant"; False if the library did not take it.

        A voice that is not found leaves the one before in place without a word, so it is asked which one it has.
        """
        answer = self._lib.espeak_SetVoiceByName(identifier.encode())
        current = self._lib.espeak_GetCurrentVoice().contents.identifier
        self._lib.espeak_SetParameter(_RATE_PARAMETER, pace_wpm, 0)
        return answer == _OK and current is not None and current.decode() == identifier

    def speak(self, text: str) -> Spoken:
        """The sound of ``text``, which must not hold a NUL; mnemonics stand in it in double brackets.

        Raises: RuntimeError if the library failed.
        """
        collector = _Collector()
        callback = _Callback(collector)  # ctypes keeps no reference: it must live as long as the call
        self._lib.espeak_SetSynthCallback(callback)
        encoded = text.encode()
        flags = _UTF8 | (_MNEMONICS_IN_BRACKETS if "[[" in text else 0)
        status = self._lib.espeak_Synth(
            encoded, len(encoded) + 1, 0, _POSITION_IS_CHARACTER, 0, flags, ctypes.byref(ctypes.c_uint()), None
        )
        if collector.failure is not None:
            raise collector.failure
        if status != _OK:
            raise RuntimeError(f"espeak_Synth answered {status}")
        return Spoken(bytes(collector.pcm), tuple(collector.words))

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The IPA of each of ``texts``, which must not hold a NUL; mnemonics stand in them in double brackets."""
        self.speak("[[_]]")  # brackets are understood as they were in the last call that made sound
        return tuple(self._phonemes(text) for text in texts)

    def _phonemes(self, text: str) -> str:
        """One call gives one clause and moves the pointer on, to NULL after the last."""
        buffer = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_void_p(ctypes.addressof(buffer))
        clauses: list[str] = []
        while rest.value:
            said = self._lib.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA)
            clauses.append((said or b"").decode())
        return " ".join(" ".join(clauses).split())


class _Collector:
    """The callback of one call: gathers its sound and its words."""

    def __init__(self) -> None:
        self.pcm = bytearray()
        self.words: list[WordEvent] = []
        self.failure: Exception | None = None

    def __call__(self, *arguments: Any) -> int:
        """Take one block of samples; 0 lets the library go on, 1 stops it."""
        # ctypes swallows what is raised in a callback, and the sound would be lost without a word: keep it.
        try:
            wave, count, events = arguments
            self._take(wave, count, events=events)
        except Exception as failure:  # noqa: BLE001 - raised again by the caller of the library
            self.failure = failure
            return 1
        return 0

    def _take(self, wave: Any, count: int, *, events: Any) -> None:
        if wave and count > 0:
            self.pcm += ctypes.string_at(wave, count * 2)
        self.words.extend(_word_events(events))


def _word_events(events: "ctypes._Pointer[_Event]") -> Iterator[WordEvent]:
    index = 0
    while events[index].type != _EVENT_LIST_ENDS:
        event = events[index]
        if event.type == _EVENT_WORD:
            yield WordEvent(event.text_position - 1, event.length, event.sample)
        index += 1


def _until_null(pointers: "ctypes._Pointer[ctypes._Pointer[_Voice]]") -> Iterator[int]:
    index = 0
    while pointers[index]:
        yield index
        index += 1


def _read_voice(voice: _Voice) -> LibraryVoice:
    # `languages` is a list of (priority byte, NUL-ended tag); the first tag is the voice's own.
    tag = ctypes.string_at(voice.languages + 1).decode()
    return LibraryVoice(tag, voice.name.decode().replace("_", " "), voice.identifier.decode())
