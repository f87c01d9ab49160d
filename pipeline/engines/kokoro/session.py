"""A Session of one kokoro voice: an utterance in, its samples and a mark a word out."""

from collections.abc import Mapping, Sequence

from pipeline.engines.kokoro.files import TONGUES
from pipeline.engines.kokoro.model import KokoroModel
from pipeline.engines.kokoro.reading import Reader, ipa_of
from pipeline.engines.onnx.runs import Runs, closed
from pipeline.engines.onnx.sound import pcm_of
from pipeline.engines.phoneme_words import Heard, aligned_marks
from pipeline.errors import EngineError
from pipeline.model import Clip

#: Of all models there are so far. Source: kokoro_onnx.config.
SAMPLE_RATE = 24000


class KokoroSession:
    """One voice with runs of its own; the model in memory is shared with others."""

    def __init__(self, model: KokoroModel, *, blend: Mapping[str, float], speed: float) -> None:
        self._runs = Runs(model.session)
        self._kokoro = model.speaker(self._runs)
        self._style = model.style(blend)
        self._speed = speed
        language = TONGUES[next(iter(blend))[:1]].espeak
        self._reader = Reader(language, known=self._kokoro.tokenizer.vocab)

    def speak(self, text: str) -> Clip:
        """The sound of ``text``, with a mark a word where the model tells the lengths of its phonemes.

        What is longer than the model takes at a time (510 phonemes) is said in several runs, joined as they are.
        """
        if self._runs.is_stopped:
            raise closed()
        if not any(character.isalnum() for character in text):
            return Clip(pcm=b"", sample_rate=SAMPLE_RATE)
        phonemes = self._reader.phonemes(text)
        if not phonemes:
            raise EngineError(
                f'kokoro finds nothing to say in "{text[:60]}"',
                cure="say it differently in the article or in lexicon.toml",
                utterance=text,
            )
        # Pauses and trimming are the host's.
        wave, rate, timings = self._kokoro.create_timed(
            phonemes, self._style, self._speed, is_phonemes=True, trim=False, sentence_pause=0, clause_pause=0
        )
        pcm = pcm_of(wave)
        if not timings:
            return Clip(pcm=pcm, sample_rate=rate)
        heard = [Heard(timing.phoneme, round(timing.start * rate)) for timing in timings]
        marks = aligned_marks(text, heard, alone=self._reader.words(text), sample_count=len(pcm) // 2)
        return Clip(pcm=pcm, sample_rate=rate, marks=marks)

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """How the voice says each of ``texts``, in the IPA it was taught with."""
        if self._runs.is_stopped:
            raise closed()
        return tuple(ipa_of(self._reader.phonemes(text)) for text in texts)

    def close(self) -> None:
        """End what is being spoken."""
        self._runs.stop()
