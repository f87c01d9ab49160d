"""Floor 2, inside the rules over media: what the directories want of the sound as it really is."""

from collections.abc import Iterator

from pipeline.model import Directory, Severity
from pipeline.rules.listening import ADVISED_KBPS, AIM_LUFS, HIGHEST_PEAK_DBTP, TOLERANCE_LU
from pipeline.rules.media.facts import EpisodeMedia, SoundFacts
from pipeline.rules.rule import (
    APPLE,
    APPLE_SPOTIFY,
    EVERYONE,
    Confidence,
    Fault,
    Rule,
    Source,
    apple_guide,
    apple_requirements,
    rebuild,
    rule,
)

#: What Apple takes, in Hz. Source: Apple, Audio requirements (893), feeds.md A35.
RATES_HZ = (44100, 48000)

#: Kilobits a second that Apple advises for two channels. Source: the same.
ADVISED_STEREO_KBPS = (128, 256)

#: How far the length of a sound may be from what the feed says, in seconds: it says it in whole ones.
DURATION_TOLERANCE_S = 1.0

#: What the codec of a file must be by its media type. Source: feeds.md A15 and A35, RFC 7845.
CODECS = {
    "audio/mpeg": ("MP3",),
    "audio/x-m4a": ("AAC",),
    "audio/mp4": ("AAC",),
    "audio/ogg": ("Opus", "Vorbis"),
}

_AUDIO = Source("Apple, Audio requirements (893)", "A35", Confidence.TRANSCRIBED)
_EPISODE = Source("Spotify, episode requirements (4405303195547)", "S2, A3", Confidence.PRIMARY)


@rule("sound-unreadable", Severity.ERROR, directories=EVERYONE, source=_EPISODE)
def _sound_unreadable(media: EpisodeMedia) -> Iterator[Fault]:
    for sound in media.files.sounds:
        if sound.fault:
            yield Fault(media.where, f"{sound.path} cannot be played: {sound.fault}", media.make_again)


@rule("sound-format", Severity.ERROR, directories=EVERYONE, source=apple_guide("A15, A35"))
def _sound_format(media: EpisodeMedia) -> Iterator[Fault]:
    types = _media_types(media)
    for sound in _readable(media):
        wanted = CODECS.get(types.get(sound.path, ""), ())
        if wanted and sound.codec and sound.codec not in wanted:
            yield Fault(
                media.where,
                f"{sound.path} holds {sound.codec}, and the feed says it is {types[sound.path]}",
                media.make_again,
            )


@rule("sound-changed", Severity.ERROR, directories=EVERYONE, source=apple_requirements("A17, S10, T8"))
def _sound_changed(media: EpisodeMedia) -> Iterator[Fault]:
    episode = media.episode
    kept = {file.path: file.sha256 for file in (episode.enclosure.file, *episode.side_files)}
    for sound in media.files.sounds:
        if sound.sha256 and sound.sha256 != kept.get(sound.path):
            yield Fault(
                media.where,
                f"the bytes of {sound.path} are not those that its ledger keeps the digest of",
                media.make_again,
            )


@rule("sound-duration", Severity.WARNING, directories=EVERYONE, source=apple_guide("A10, S2"))
def _sound_duration(media: EpisodeMedia) -> Iterator[Fault]:
    stated = media.episode.enclosure.duration_s
    for sound in _readable(media):
        if sound.duration_s is not None and abs(sound.duration_s - stated) > DURATION_TOLERANCE_S:
            yield Fault(
                media.where,
                f"{sound.path} lasts {sound.duration_s:.1f} s, and the feed says {stated:.1f}",
                media.make_again,
            )


@rule("sound-rate", Severity.WARNING, directories=APPLE, source=_AUDIO)
def _sound_rate(media: EpisodeMedia) -> Iterator[Fault]:
    for sound in _enclosure(media):
        if sound.sample_rate not in RATES_HZ:
            yield Fault(
                media.where,
                f"{sound.path} has {sound.sample_rate} Hz, and {RATES_HZ[0]} or {RATES_HZ[1]} are wanted",
                media.make_again,
            )


@rule("sound-channels", Severity.WARNING, directories=APPLE, source=_AUDIO)
def _sound_channels(media: EpisodeMedia) -> Iterator[Fault]:
    for sound in _enclosure(media):
        if sound.channels > 2:
            yield Fault(
                media.where, f"{sound.path} has {sound.channels} channels, and one or two are wanted", media.make_again
            )


@rule(
    "bit-rate-varies",
    Severity.WARNING,
    directories=APPLE_SPOTIFY,
    source=Source("Blubrry castfeedvalidator, by TryGhost Wave 12", "A35, section 3", Confidence.SECONDARY),
)
def _bit_rate_varies(media: EpisodeMedia) -> Iterator[Fault]:
    for sound in _enclosure(media):
        if sound.has_varying_bitrate:
            yield Fault(
                media.where,
                f"the bit rate of {sound.path} varies, and some players then jump to the wrong place",
                media.make_again,
            )


@rule("bit-rate", Severity.ADVICE, directories=APPLE_SPOTIFY, source=_AUDIO)
def _bit_rate(media: EpisodeMedia) -> Iterator[Fault]:
    # What the show asks for is judged once, and not in every episode; a rate that varies has a rule of its own.
    asked = media.show.sound.bitrate_kbps
    for sound in _enclosure(media):
        low, high = ADVISED_KBPS if sound.channels == 1 else ADVISED_STEREO_KBPS
        kbps = None if sound.has_varying_bitrate else sound.bitrate_kbps
        if kbps is not None and kbps != asked and not low <= kbps <= high:
            yield Fault(
                media.where, f"{sound.path} has {kbps} kbps, where {low} to {high} are advised", media.make_again
            )


@rule(
    "sound-header",
    Severity.ADVICE,
    directories=EVERYONE,
    source=Source("LAME, MP3 Info Tag rev 1", "A10", Confidence.STANDARD),
)
def _sound_header(media: EpisodeMedia) -> Iterator[Fault]:
    for sound in _enclosure(media):
        if sound.is_gapless is False:
            yield Fault(
                media.where,
                f"the first frame of {sound.path} does not say how long it is, and players guess",
                media.make_again,
            )


@rule("loudness", Severity.WARNING, directories=APPLE, source=_AUDIO)
def _loudness(media: EpisodeMedia) -> Iterator[Fault]:
    for sound in _enclosure(media):
        measured = sound.loudness
        if measured is not None and not abs(measured.integrated_lufs - AIM_LUFS) <= TOLERANCE_LU:
            yield Fault(
                media.where,
                f"{sound.path} measures {measured.integrated_lufs:.1f} LUFS, and {AIM_LUFS:g} ± {TOLERANCE_LU:g} is "
                "wanted",
                f"set loudness_lufs = {AIM_LUFS} under [sound] in show.toml; {rebuild(media.episode)}",
            )


@rule("true-peak", Severity.WARNING, directories=APPLE, source=_AUDIO)
def _true_peak(media: EpisodeMedia) -> Iterator[Fault]:
    for sound in _enclosure(media):
        measured = sound.loudness
        # As `inspect` shows it, to the tenth: meters differ in the digits behind.
        if measured is not None and round(measured.true_peak_dbtp, 1) > HIGHEST_PEAK_DBTP:
            yield Fault(
                media.where,
                f"{sound.path} measures a true peak of {measured.true_peak_dbtp:.1f} dBTP, above {HIGHEST_PEAK_DBTP:g}",
                f"set true_peak_dbtp = {HIGHEST_PEAK_DBTP} under [sound] in show.toml; {rebuild(media.episode)}",
            )


@rule(
    "file-changed",
    Severity.WARNING,
    directories=(Directory.APPLE, Directory.PODCASTING20),
    source=apple_requirements("T8"),
)
def _file_changed(media: EpisodeMedia) -> Iterator[Fault]:
    kept = {file.path: file.sha256 for file in media.episode.side_files}
    files = media.files
    chapters = (files.chapters,) if files.chapters is not None else ()
    for file in (*files.transcripts, *chapters, *files.images):
        if file.sha256 and file.sha256 != kept.get(file.path):
            yield Fault(
                media.where,
                f"the bytes of {file.path} are not those that its ledger keeps the digest of",
                media.make_again,
            )


def _readable(media: EpisodeMedia) -> Iterator[SoundFacts]:
    return (sound for sound in media.files.sounds if not sound.fault)


def _enclosure(media: EpisodeMedia) -> Iterator[SoundFacts]:
    """The MP3 alone, if it can be read: other forms have ranges of their own."""
    sound = media.files.sound
    if sound is not None and not sound.fault:
        yield sound


def _media_types(media: EpisodeMedia) -> dict[str, str]:
    episode = media.episode
    return {file.path: file.media_type for file in (episode.enclosure.file, *episode.side_files)}


SOUND_RULES: tuple[Rule[EpisodeMedia], ...] = (
    _sound_unreadable,
    _sound_format,
    _sound_changed,
    _sound_duration,
    _sound_rate,
    _sound_channels,
    _bit_rate_varies,
    _bit_rate,
    _sound_header,
    _loudness,
    _true_peak,
    _file_changed,
)
