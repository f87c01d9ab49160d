"""The worker process: `python -m pipeline.engines.espeak.worker`, requests on stdin, answers on stdout.

It loads the library once and forks a copy of itself for each utterance and each list of words to pronounce. A fork of
the same state gives the same bytes for the same text, and whatever the library does to itself (exit, abort, hang) dies
with the copy.
"""

import os
import signal
import sys
import traceback
from typing import IO

from pipeline.engines.espeak.library import Library
from pipeline.engines.espeak.protocol import (
    Failed,
    Greeting,
    Pronounce,
    Pronounced,
    Ready,
    SetVoice,
    Speak,
    Spoken,
    decode_request,
    encode,
)
from pipeline.frames import read_frame, write_frame

#: An utterance takes milliseconds; a copy that is still at it after this many seconds hangs.
PATIENCE_S = 120


def main() -> None:
    """Greet with version and voices, then answer requests until stdin ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    library = Library()
    write_frame(answers, encode(Greeting(library.version(), library.voices())))
    while (frame := read_frame(requests)) is not None:
        request = decode_request(frame)
        if isinstance(request, SetVoice):
            write_frame(answers, encode(_set_voice(library, request)))
        else:
            write_frame(answers, _answer_of_a_copy(library, request))


def _set_voice(library: Library, request: SetVoice) -> Ready | Failed:
    if library.set_voice(request.identifier, pace_wpm=request.pace_wpm):
        return Ready()
    return Failed(f"espeak-ng does not take the voice {request.identifier}")


def _answer_of_a_copy(library: Library, request: Speak | Pronounce) -> bytes:
    """The copy's answer as it encoded it, or a Failed if it did not live to give one."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_copy(library, request, stream=os.fdopen(writing, "wb"))
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        frame = read_frame(stream)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != 0 or frame is None:
        return encode(Failed(f"espeak-ng ended with status {code}"))
    return frame


def _be_the_copy(library: Library, request: Speak | Pronounce, *, stream: IO[bytes]) -> None:
    """Do what is asked, hand it over and end, running nothing that belongs to the parent."""
    signal.alarm(PATIENCE_S)
    status = 1
    try:
        with stream:
            write_frame(stream, encode(_answer(library, request)))
        status = 0
    except Exception:  # noqa: BLE001 - the outermost frame of a process; the host shows what it printed
        traceback.print_exc()
    os._exit(status)


def _answer(library: Library, request: Speak | Pronounce) -> Spoken | Pronounced:
    if isinstance(request, Speak):
        return library.speak(request.text)
    return Pronounced(library.phonemes(request.texts))


if __name__ == "__main__":
    main()
