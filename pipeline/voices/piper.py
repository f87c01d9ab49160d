"""Floor 3, voices: the voices of Piper that can be installed, as the `voices.json` of their repository has them.

Source: OHF-Voice/piper1-gpl, docs/VOICES.md; the shape is that of rhasspy/piper-voices on Hugging Face.
"""

from pathlib import PurePosixPath

from msgspec import Struct

from pipeline.errors import EngineUnavailable
from pipeline.voices.depot import Depot
from pipeline.voices.offers import Length, Md5, Offer, OfferedFile, printable, require_harmless

REPOSITORY = "https://huggingface.co/rhasspy/piper-voices/resolve/main/"

INDEX = "voices.json"


class _Language(Struct, frozen=True, kw_only=True):
    code: str
    name_english: str = ""
    country_english: str = ""


class _IndexedFile(Struct, frozen=True, kw_only=True):
    size_bytes: Length
    md5_digest: Md5


class _IndexedVoice(Struct, frozen=True, kw_only=True):
    name: str
    language: _Language
    quality: str
    files: dict[str, _IndexedFile]
    num_speakers: int = 1
    aliases: tuple[str, ...] = ()


def piper_offers(depot: Depot) -> tuple[Offer, ...]:
    """Every voice of the index below the base of ``depot``, by name.

    Raises:
        EngineUnavailable: there is no index, or what comes is none.
    """
    return tuple(_offer(name, voice) for name, voice in sorted(_index(depot).items()))


def find_piper_offer(name: str, depot: Depot) -> Offer | None:
    """The voice of that name, or that had that name once; None if the index has neither.

    Raises:
        EngineUnavailable: as `piper_offers`; and where the voice's files would not stay in its folder.
    """
    index = _index(depot)
    key = name if name in index else next((key for key, voice in index.items() if name in voice.aliases), None)
    if key is None:
        return None
    offer = _offer(key, index[key])
    require_harmless(offer, index=depot.url(INDEX))
    missing = {f"{key}.onnx", f"{key}.onnx.json"} - {file.name for file in offer.files}
    if missing:
        raise EngineUnavailable(
            f"{depot.url(INDEX)} lists no {' and no '.join(sorted(missing))} for {key}",
            cure="choose another voice, or another address with --from",
        )
    return offer


def _index(depot: Depot) -> dict[str, _IndexedVoice]:
    data = depot.read(INDEX)
    if data is None:
        raise EngineUnavailable(
            f"there is no index of voices at {depot.url(INDEX)}",
            cure="check what --from or AUDIO_EDITION_VOICES_FROM_PIPER says",
        )
    return depot.decoded(data, INDEX, kind=dict[str, _IndexedVoice])


def _offer(name: str, voice: _IndexedVoice) -> Offer:
    return Offer(
        engine="piper",
        name=name,
        languages=(printable(voice.language.code).replace("_", "-"),),
        label=printable(_label(voice)),
        quality=printable(voice.quality),
        licence="",
        files=tuple(
            OfferedFile(
                name=PurePosixPath(path).name,
                path=path,
                length_bytes=file.size_bytes,
                algorithm="md5",
                digest=file.md5_digest.lower(),
            )
            for path, file in voice.files.items()
        ),
    )


def _label(voice: _IndexedVoice) -> str:
    """ "alba, English (Great Britain)", with the number of speakers where there are several."""
    country = f" ({voice.language.country_english})" if voice.language.country_english else ""
    speakers = f", {voice.num_speakers} speakers" if voice.num_speakers > 1 else ""
    return f"{voice.name}, {voice.language.name_english or voice.language.code}{country}{speakers}"
