"""A Session of one piper voice: an utterance in, its samples and a mark a word out."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.contract import NATURAL_WPM
from pipeline.engines.onnx.extras import importing
from pipeline.engines.onnx.runs import Runs, closed
from pipeline.engines.onnx.sound import pcm_of
from pipeline.engines.phoneme_words import Heard, aligned_marks
from pipeline.engines.piper.model import PiperModel
from pipeline.engines.piper.options import PiperOptions
from pipeline.engines.piper.reading import Reader, ipa_of
from pipeline.errors import EngineError
from pipeline.model import Clip, Mark, VoiceSettings


class PiperSession:
    """One voice with runs of its own; the model in memory is shared with others."""

    def __init__(
        self, model: PiperModel, *, settings: VoiceSettings, speaker: int | None, options: PiperOptions
    ) -> None:
        with importing("piper"):
            from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415 - an optional extra, and slow to load
        self._config = model.config
        self._runs = Runs(model.session)
        self._voice = PiperVoice(session=self._runs, config=model.config)
        self._reader = Reader(self._voice)
        self._manner = SynthesisConfig(
            speaker_id=speaker,
            length_scale=model.config.length_scale * NATURAL_WPM / settings.pace_wpm,
            noise_scale=options.noise_scale,
            noise_w_scale=options.noise_w_scale,
            normalize_audio=False,
        )

    def speak(self, text: str) -> Clip:
        """The sound of ``text``, with a mark a word where the model knows the lengths of its phonemes.

        Where piper's phonemiser makes several sentences of the utterance, they follow each other without a pause.
        """
        if self._runs.is_stopped:
            raise closed()
        if not any(character.isalnum() for character in text):
            return Clip(pcm=b"", sample_rate=self._config.sample_rate)
        sentences = self._reader.sentences(text)
        if not sentences:
            raise EngineError(
                f'piper finds nothing to say in "{text[:60]}"',
                cure="say it differently in the article or in lexicon.toml",
                utterance=text,
            )
        said = [self._say(sentence) for sentence in sentences]
        pcm = pcm_of(np.concatenate([wave for wave, _ in said]))
        return Clip(
            pcm=pcm, sample_rate=self._config.sample_rate, marks=self._marks(text, said, sample_count=len(pcm) // 2)
        )

    def phonemes(self, texts: Sequence[str]) -> tuple[str, ...]:
        """How the voice says each of ``texts``, in the IPA it was taught with."""
        if self._runs.is_stopped:
            raise closed()
        return tuple(ipa_of(self._reader.sentences(text)) for text in texts)

    def close(self) -> None:
        """End what is being spoken."""
        self._runs.stop()

    def _say(self, phonemes: list[str]) -> tuple[NDArray[np.float32], list[Heard]]:
        """The sound of one sentence, and when each phoneme begins; nothing of that where the model does not tell."""
        ids = self._voice.phonemes_to_ids(phonemes)
        wave, lengths = self._voice.phoneme_ids_to_audio(ids, self._manner, include_alignments=True)
        samples = np.atleast_1d(wave).astype(np.float32)
        if lengths is None or np.shape(lengths) != (len(ids),):
            return samples, []
        edges = [0, *accumulate(int(length) for length in lengths)]
        return samples, self._heard(phonemes, edges)

    def _heard(self, phonemes: Sequence[str], edges: Sequence[int]) -> list[Heard]:
        """Each phoneme that the voice knows; the others have no id, and were left out."""
        id_map = self._config.phoneme_id_map
        padding = len(id_map["_"])
        at = len(id_map["^"]) + padding
        heard: list[Heard] = []
        for phoneme in phonemes:
            if phoneme in id_map:
                heard.append(Heard(phoneme, edges[at]))
                at += len(id_map[phoneme]) + padding
        return heard

    def _marks(
        self, text: str, said: Sequence[tuple[NDArray[np.float32], list[Heard]]], *, sample_count: int
    ) -> tuple[Mark, ...]:
        heard: list[Heard] = []
        offset = 0
        for wave, sounds in said:
            if not sounds:
                return ()
            # A blank between two sentences, as their phonemes have it between two words.
            heard += [Heard(" ", offset), *(Heard(sound.phoneme, offset + sound.sample) for sound in sounds)]
            offset += len(wave)
        return aligned_marks(text, heard, alone=self._reader.words(text), sample_count=sample_count)
