"""Floor 3, inside gtts: what the gTTS library knows: Google's languages, and how it is asked.

The library's own sending is not used: it does not check TLS, waits for ever, tries once, and takes a page that asks for
consent for silence.
"""

import sys
from collections.abc import Mapping
from typing import Any

from pipeline.engines.network import Request
from pipeline.errors import EngineUnavailable

#: Source: gTTS 2.5.4, gtts/tts.py, _prepare_requests.
_PATH = "/_/TranslateWebserverUi/data/batchexecute"


def gtts_version() -> str:
    """The version of the library. Raises EngineUnavailable if it is not here, as all functions of this module."""
    version: str = _library().__version__
    return version


def languages() -> Mapping[str, str]:
    """What Google speaks: its tag -> the name of the language in English."""
    _library()
    from gtts.lang import tts_langs  # noqa: PLC0415 - loads requests

    spoken: dict[str, str] = tts_langs()
    return spoken


def request_of(text: str, *, language: str, is_slow: bool, server: str) -> Request:
    """How Google is asked for ``text``, which is within its limit, in its ``language``; ``server`` is the address."""
    asking = _library().gTTS(
        text,
        lang=language,
        slow=is_slow,
        lang_check=False,  # it would replace tags that it calls deprecated, with a warning; ours are its own
        pre_processor_funcs=[],
        tokenizer_func=lambda whole: [whole],
    )
    (body,) = asking.get_bodies()
    return Request(
        method="POST",
        url=server.rstrip("/") + _PATH,
        headers=dict(asking.GOOGLE_TTS_HEADERS),
        body=body.encode("ascii"),
    )


def _library() -> Any:
    try:
        import gtts  # noqa: PLC0415 - loads requests, a fifth of a second
    except ImportError as error:
        raise EngineUnavailable(
            "the gTTS library, which knows how Google Translate is asked, is not installed",
            cure=f"{sys.executable} -m pip install gtts",
        ) from error
    return gtts
