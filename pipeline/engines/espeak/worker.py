"""The worker process: `python -m pipeline.engines.espeak.worker`, requests on stdin, answers on stdout.

It loads the library once and forks a copy of itself for each utterance and each list of words to pronounce. A fork of
the same state gives the same bytes for the same text, and whatever the library does to itself (exit, abort, hang) dies
with the copy.
"""

import gc
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

#: What a copy tells its parent before it writes to the host.
_BEGUN = b"!"


def main() -> None:
    """Greet with version and voices, then answer requests until stdin ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    library = Library()
    gc.disable()  # a copy shares its memory with its parent as long as neither touches it
    write_frame(answers, encode(Greeting(library.version(), library.voices())))
    while (frame := read_frame(requests)) is not None:
        request = decode_request(frame)
        if isinstance(request, SetVoice):
            write_frame(answers, encode(_set_voice(library, request)))
        else:
            _have_a_copy_answer(library, request, answers=answers)


def _set_voice(library: Library, request: SetVoice) -> Ready | Failed:
    if library.set_voice(request.identifier, pace_wpm=request.pace_wpm):
        return Ready()
    return Failed(f"espeak-ng does not take the voice {request.identifier}")


def _have_a_copy_answer(library: Library, request: Speak | Pronounce, *, answers: IO[bytes]) -> None:
    """The copy answers the host itself: sound goes through one pipe. A Failed goes where it did not live to."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_copy(library, request, answers=answers, told=writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        has_begun = stream.read() == _BEGUN
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != 0 and has_begun:
        os._exit(1)  # whatever the host read of it is no answer, and what came next would be taken for its rest
    if code != 0:
        write_frame(answers, encode(Failed(f"espeak-ng ended with status {code}")))


def _be_the_copy(library: Library, request: Speak | Pronounce, *, answers: IO[bytes], told: int) -> None:
    """Do what is asked, hand it over and end, running nothing that belongs to the parent."""
    signal.alarm(PATIENCE_S)
    status = 1
    try:
        answer = encode(_answer(library, request))
        os.write(told, _BEGUN)
        write_frame(answers, answer)
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
