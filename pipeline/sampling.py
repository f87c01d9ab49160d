"""Floor 4: a voice to listen to: one sentence as a WAV file, without a show, an article or a cache."""

import io
import wave
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from pipeline.engines import Engine, find_engine
from pipeline.engines.notation import render
from pipeline.errors import ConfigError, EmptyAudio
from pipeline.model import Clip, Role, Utterance, VoiceSettings
from pipeline.narration import bill_of_texts
from pipeline.roster import ANY_LANGUAGE, need_of
from pipeline.workshop import Consent

#: What is said where no text is given, by primary subtag of the voice's language.
SENTENCES = {
    "en": "The ferry left the harbour at six, and nobody on the quay could say when it would be back.",
    "de": "Die Fähre verließ den Hafen um sechs, und niemand am Kai wusste, wann sie zurückkommt.",
    "fr": "Le ferry a quitté le port à six heures, et personne sur le quai ne savait quand il reviendrait.",
    "es": "El transbordador salió del puerto a las seis, y nadie en el muelle sabía cuándo volvería.",
    "it": "Il traghetto ha lasciato il porto alle sei, e nessuno sul molo sapeva quando sarebbe tornato.",
    "pt": "A balsa deixou o porto às seis, e ninguém no cais sabia quando voltaria.",
}


class Sample(Struct, frozen=True, kw_only=True):
    """What was said by which voice: ``wav`` is the file, ``licence`` the voice's, "" where nobody says."""

    voice: VoiceSettings
    text: str
    licence: str
    wav: bytes
    duration_s: float


def sample_of(
    voice: VoiceSettings, text: str, *, tables: Mapping[str, Mapping[str, Any]], language: str, consent: Consent
) -> Sample:
    """``voice`` saying ``text``, or where that is "" a sentence of ours in its language, else in ``language``.

    ``tables`` are the [engines.*] of show.toml; ``consent`` is asked before an engine of the network is. The text is
    said as it stands: no spoken form, no name of the lexicon.

    Raises:
        ConfigError: there is nothing to say, or too much for one go.
        EngineError: and its children, from the engine.
    """
    engine = find_engine(voice.engine, tables)
    session = engine.open(voice)
    try:
        language = _language_of(voice, engine, tables=tables) or language
        said = " ".join(text.split()) or SENTENCES.get(language.lower().partition("-")[0], SENTENCES["en"])
        given = _in_notation(said, engine, language=language)
        if engine.capabilities.is_network:
            consent.require(bill_of_texts([given], engine), engine=engine.name)
        clip = session.speak(given)
    finally:
        session.close()
    if not clip.sample_count:
        raise EmptyAudio(f'{voice.engine} says nothing at all of "{said[:60]}"', cure="give it a text with words in it")
    return Sample(
        voice=voice,
        text=said,
        licence=engine.licence(voice),
        wav=_wav(clip),
        duration_s=clip.sample_count / clip.sample_rate,
    )


def _language_of(voice: VoiceSettings, engine: Engine, *, tables: Mapping[str, Mapping[str, Any]]) -> str:
    """The language of the voice, as far as that can be known without asking a server; "" if it cannot.

    The name may be a voice's with more behind it: a variant, a speaker.
    """
    if need_of(engine, tables.get(engine.name, {})):
        return ""
    voices = sorted(engine.voices(), key=lambda known: len(known.name), reverse=True)
    language = next((known.language for known in voices if voice.name.startswith(known.name)), "")
    return "" if language in ANY_LANGUAGE else language


def _in_notation(text: str, engine: Engine, *, language: str) -> str:
    utterance = Utterance(display=text, spoken=text, forms=(), role=Role.BODY, pause_after_ms=0)
    given = render(utterance, engine.capabilities.notation, language=language).text
    if len(given) > engine.capabilities.max_chars:
        raise ConfigError(
            f"the text has {len(given)} characters, and {engine.name} takes {engine.capabilities.max_chars} at a time",
            cure="give it a sentence",
        )
    return given


def _wav(clip: Clip) -> bytes:
    """16 bits, one channel, at the clip's own rate."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(clip.sample_rate)
        stream.writeframes(clip.pcm)
    return buffer.getvalue()
