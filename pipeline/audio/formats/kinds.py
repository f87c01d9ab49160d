"""Floor 3, inside audio: what the forms beside the MP3 are called, by files, servers and feeds."""

from importlib.metadata import PackageNotFoundError, version

from msgspec import Struct

from pipeline.audio.formats.library import missing


class Format(Struct, frozen=True, kw_only=True):
    """A form of the sound. ``name`` is its word in show.toml, ``ending`` that of its files, with the point.

    ``media_type`` and ``codecs`` are what a feed says (RSS: podcast:alternateEnclosure@type and @codecs), ``title`` is
    what a listener chooses by (@title, at most 32 characters). ``bitrate_kbps`` goes to the encoder: Opus keeps to it,
    AAC takes a quarter more for speech, and 0 is lossless; a feed should say what the file has. ``libraries`` are the
    distributions that make it.

    Sources: RFC 4337 and RFC 6381 (M4A), RFC 7845, section 9 (Ogg Opus), RFC 9639 (FLAC).
    """

    name: str
    ending: str
    media_type: str
    codecs: str
    title: str
    bitrate_kbps: int
    libraries: tuple[str, ...]


#: The forms that show.toml may ask for, by name.
FORMATS = {
    form.name: form
    for form in (
        Format(
            name="m4a",
            ending=".m4a",
            media_type="audio/mp4",
            codecs="mp4a.40.2",
            title="AAC with chapters",
            bitrate_kbps=64,
            libraries=("av",),
        ),
        # "audio/opus" is the registered type of a stream over RTP; files are Ogg, and servers send them as such.
        Format(
            name="opus",
            ending=".opus",
            media_type="audio/ogg",
            codecs="opus",
            title="Opus, smallest download",
            bitrate_kbps=32,
            libraries=("av", "soxr"),
        ),
        Format(
            name="flac",
            ending=".flac",
            media_type="audio/flac",
            codecs="flac",
            title="FLAC, lossless",
            bitrate_kbps=0,
            libraries=("soundfile",),
        ),
    )
}


def format_version(name: str) -> str:
    """Names and versions of the libraries that make the form ``name``; part of the key of what is kept of it.

    Raises: AudioError where one is not installed, with the command that brings it.
    """
    try:
        return ", ".join(f"{library} {version(library)}" for library in FORMATS[name].libraries)
    except PackageNotFoundError as error:
        raise missing(f"the package {error.name} is not installed") from error
