"""Floor 4: a new show on disk: show.toml, lexicon.toml, seeds/, a cover, and a .gitignore that keeps the ledgers.

A folder that has a show gets a second one beside it, in files of its own name.
"""

import json
from pathlib import Path

import msgspec
from msgspec import Struct

from pipeline.artwork import draw_cover
from pipeline.errors import ConfigError
from pipeline.files import write_atomically
from pipeline.project import (
    LEXICON_FILE,
    SHOW_FILE,
    lexicon_file_of,
    require_name,
    require_web_address,
    settings_file_of,
)

_SHOW = """\
# The show. Every key is explained here; what is left out keeps its default.

title = {title}
description = {description}
author = {author}                 # who publishes; the directories show it
email = {email}                   # Spotify, Amazon and YouTube send their claim codes here
base_url = {base_url}             # public address of the folder that holds episodes/ and feeds/
link = {link}                     # the publication's own site
language = {language}             # en-GB or en-US: how numbers and dates are said, and which directories list it
categories = ["News > Politics"]  # Apple's names; the first one counts most, two at most
artwork = {artwork}             # square, 1400 to 3000 px, RGB, JPEG or PNG
# default_author = {author}       # the byline of articles that name nobody
# subtitle = "One line below the title on the cover and the page"
# copyright = "Name of the owner"   # without the sign, the word or the year
# explicit = false
# type = "episodic"                 # or "serial"
# publish_time = "06:00"            # UTC; completes dates that have no time
# approval = "off"                  # or "required": nothing goes out that nobody has approved
# names = "warn"                    # or "require": nothing is narrated while a hard name is unreviewed in lexicon.toml
# seasons = [{{number = 1, name = "The Strait"}}]            # titles for the numbers that articles give
# editions = [{{language = "de", show = "deutsch"}}]         # the same in other languages; docs/several-shows.md

[voice]
engine = "espeak"     # the draft voice: always there, never fails, not beautiful; others: audio-edition voices list
name = {voice}
# pace_wpm = 165      # words a minute

[second_voice]        # another voice of the same engine, for quotations that stand by themselves
# name = {second_voice}   # none unless you name one; it never imitates the speaker
# least_words = 12    # shorter quotations stay with the first voice

[spending]            # for voices of the network: when a command asks before it has more spoken
# confirm_above_chars = 200000
# confirm_above_usd = 5.0

# Options of one engine stand in a table of its own, for example (docs/voices.md):
# [engines.openai]                    # any server with OpenAI's /v1/audio/speech
# url = "http://127.0.0.1:8880/v1"
# model = "kokoro"

[announcements]       # what is said around the article; the opening must say the title
# A line with an empty field is not said, and of "“{{title}}”[, by {{author}}]." what stands in brackets is left out.
# opening = ["{{show}}", "{{title}}", "{{subtitle}}", "By {{author}}.", "Published on {{date}}.", "{{disclosure}}"]
# closing = ["You have been listening to “{{title}}”, from {{show}}.", "{{credit}}"]
# With "{{correction}}" as a line of it, `--correct "why"` is heard as well as read in the notes.
# disclosure = "Read by an automated voice."   # "" says nothing of it

[sound]
# loudness_lufs = -16.0     # integrated; Apple asks for -16 within 1 LU
# true_peak_dbtp = -1.0     # the highest peak that a decoder may give back
# bitrate_kbps = 96         # of the MP3, mono
# voice_chain = "off"       # "gentle": less rumble, sharp "s" and swings
# room_tone = false         # true: a very soft noise in the pauses
# formats = []              # beside the MP3: "m4a", "opus"; "flac" for your own archive

[music]               # around the voice: files, by their path from here; docs/sound.md
intro = "house"             # before the first word: the project's own (CC0); "" is none
outro = "house"             # after the last one
# bed = ""                  # under opening and closing, looped
# bump = ""                 # between chapters
# credit = ""               # who made it, and its licence: for notes and page
# intro_s = 8.0             # the most that is heard of it
# outro_s = 10.0
# bump_s = 3.0
# intro_lu = -2.0           # how much louder than the voice, in LU
# outro_lu = -2.0
# bump_lu = -4.0
# bed_lu = -14.0
# duck_db = 6.0             # how far music goes down while somebody speaks

[pauses]              # silence after each thing said, in milliseconds
# clause_ms = 150           # where a long sentence is parted
# sentence_ms = 350
# paragraph_ms = 750
# quotation_ms = 750        # after a quotation that is a paragraph
# list_item_ms = 500
# heading_ms = 900
# chapter_ms = 1200         # before a new chapter, at the least
# title_ms = 900
# subtitle_ms = 900
# opening_ms = 1200         # after the opening, before the body
# closing_ms = 1200         # after the body, before the closing
# lead_in_ms = 300          # at the very beginning
# lead_out_ms = 1000        # at the very end

[reading]             # what becomes of what cannot simply be read aloud
# footnotes = "notes"       # or "in place", "at the end"
# tables = "announced"      # or "notes"
# code = "announced"
# formulas = "announced"
# figures = "described"     # or "notes"
# quotations = "read"       # or "announced": with "quotation" before and after
# embeds = "read"           # or "notes": posts and videos from elsewhere
# links = "notes"           # or "dropped"
# bare_urls = "site"        # or "notes": an address on a line of its own
# credits = "closing"       # or "notes": where it was published before
# calls = "short"           # or "dropped": a sentence in place of calls to subscribe and share
# debris = ["Support our work *"]   # lines of your site that are never part of an analysis; * is any words

[chapters]            # the author's own come first, then headings
# propose = true      # false: an article without either has no chapters

[language_model]      # a server that words the titles of chapters that we propose; see docs/language-model.md
# url = "http://127.0.0.1:11434/v1"   # any OpenAI-compatible one; none unless you name it
# model = "qwen3:8b"                  # what the server calls it
# key_variable = "OPENAI_API_KEY"     # the environment variable with the key, if it wants one; never the key itself
# timeout_s = 20
# titles = true
# summary = false                     # true: it also writes a summary where the article has none

[feed]                # what the feed says beside the title; docs/the-feed.md
# has_owner = true    # name and e-mail in the feed; the directories need it to let you claim the show
# is_locked = true    # no other host may import the feed
# license = ""        # a name of the SPDX list in small letters, such as "cc-by-4.0"
# license_url = ""    # the address of your terms, where the licence is one of your own
# websub_hub = ""     # the address of a hub that tells apps of new episodes
# apple_verify = ""   # Apple's code for the proof that the show is yours
# items_per_page = 0  # above 0 a long feed is parted into pages; directories then see the newest page alone
# is_private = false  # true: addresses that nobody can guess, and in no directory; docs/several-shows.md
# is_complete = false # true: no episode will ever come again
# funding = [{{url = "https://example.com/support", text = "Support us"}}]
# persons = [{{name = "Ines Calder", role = "host", url = "", image = "", group = ""}}]
# update_frequency = {{text = "Every Tuesday", rrule = "FREQ=WEEKLY;BYDAY=TU"}}
# texts = [{{purpose = "verify", text = "K7-20"}}]      # codes that somebody asks you to show
# Shows that you recommend, and the feed of the house that this show is one of, each by its podcast:guid; title = "..."
# names it for people.
# podroll = [{{feed_guid = "9b024349-ccf0-5f69-a609-6b82873eab3c", feed_url = "https://port.example/feed.xml"}}]
# publisher = {{feed_guid = "003af0a0-6a45-55cf-b765-68e3d349551a", feed_url = "https://house.example/feed.xml"}}
"""

_LEXICON = """\
# How the house says its names. One entry a name; `say` is a respelling that any voice reads right, `ipa` the exact
# sound for voices that take it, `as` says of capitals whether they are a "word" or "letters"; one of them is needed.
# case = false lets the entry count whatever its capitals, language = "en-GB" only in articles of that language.
# status = "proposed", by, source and note are for you. From the command line: audio-edition lexicon add NAME "SAY"

[[entries]]
grapheme = "Kyiv"
say = "Keev"
"""

_LEXICON_OF_ONE = """\
# How this show says its names, beside what lexicon.toml says for all shows; what stands here counts before that.

# [[entries]]
# grapheme = "Kyiv"
# say = "Keev"
"""

_GITIGNORE = """\
.cache/
.audio-edition.*
# What the build makes can be made again. The ledgers of identity can not: they belong in git.
/episodes/*/*
!/episodes/*/episode.json
/feeds/*
!/feeds/show.json
/masters/
"""

#: What a .gitignore needs besides, once there are several shows: git looks into no folder that it ignores.
_GITIGNORE_OF_SEVERAL = """\
!/feeds/*/
/feeds/*/*
!/feeds/*/show.json
"""


class Founding(Struct, frozen=True, kw_only=True):
    """What is asked before a show is made."""

    title: str
    author: str
    email: str
    base_url: str
    link: str
    language: str


def found_show(folder: Path, founding: Founding) -> tuple[Path, ...]:
    """Make a show in ``folder``; the files that were written. What is there already is left alone.

    Raises:
        ConfigError: there is a show in it already, or the address is none.
    """
    _require_good(founding, path=folder / SHOW_FILE)
    if (folder / SHOW_FILE).exists():
        cure = "edit it, name another folder, or add a second show to it: audio-edition init --add NAME"
        raise ConfigError("there is a show here already", cure=cure, path=folder)
    files = {
        "seeds/.gitkeep": b"",
        ".gitignore": _GITIGNORE.encode(),
        "cover.jpg": draw_cover(founding.title),
        LEXICON_FILE: _LEXICON.encode(),
        # Last, because a folder with a show.toml is a show.
        SHOW_FILE: _show_text(founding, artwork="cover.jpg").encode(),
    }
    return _write_new(folder, files)


def add_show(folder: Path, name: str, *, founding: Founding) -> tuple[Path, ...]:
    """Make a show of that name beside the main one of ``folder``; the files that were written.

    Its settings are shows/NAME.toml, its articles lie in seeds/NAME/, and lexicon-NAME.toml adds to what the house
    says. What is there already is left alone, but for .gitignore, which learns to keep the new ledger.

    Raises:
        ConfigError: there is no main show, one of that name already, or the name can stand in no address.
    """
    path = settings_file_of(folder, name)
    require_name(name, path=path)
    _require_good(founding, path=path)
    if not (folder / SHOW_FILE).is_file():
        raise ConfigError(f"there is no {SHOW_FILE} in it", cure="make the main show first: audio-edition init")
    if path.exists():
        raise ConfigError("there is a show of that name already", cure="edit it, or take another name", path=path)
    artwork = f"cover-{name}.jpg"
    files = {
        f"seeds/{name}/.gitkeep": b"",
        artwork: draw_cover(founding.title),
        lexicon_file_of(folder, name).name: _LEXICON_OF_ONE.encode(),
        # Last, because with it there is a show.
        path.relative_to(folder).as_posix(): _show_text(founding, artwork=artwork).encode(),
    }
    _keep_ledgers_of_all(folder / ".gitignore")
    return _write_new(folder, files)


def _require_good(founding: Founding, *, path: Path) -> None:
    for key in ("base_url", "link"):
        require_web_address(path, getattr(founding, key), key=key)
    if not all(value.isprintable() for value in msgspec.structs.astuple(founding)):
        what = "a title or name has characters that cannot be shown"
        raise ConfigError(what, cure="leave them out", path=path.parent)


def _write_new(folder: Path, files: dict[str, bytes]) -> tuple[Path, ...]:
    """Write those of ``files`` that are not there yet; their paths."""
    new = {folder / name: data for name, data in files.items() if not (folder / name).exists()}
    for path, data in new.items():
        write_atomically(path, data)
    return tuple(new)


def _keep_ledgers_of_all(path: Path) -> None:
    """A .gitignore of ours keeps the ledger of the main show alone; one that says it otherwise is left alone."""
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    if "/feeds/*" in lines and "/feeds/*/*" not in lines:
        write_atomically(path, f"{text.rstrip()}\n{_GITIGNORE_OF_SEVERAL}".encode())


def _show_text(founding: Founding, *, artwork: str) -> str:
    # A JSON string is a TOML basic string, escapes and all.
    values = {
        "title": founding.title,
        "description": f"The analyses of {founding.author}, read aloud by an automated voice.",
        "author": founding.author,
        "email": founding.email,
        "base_url": founding.base_url,
        "link": founding.link,
        "artwork": artwork,
        "language": founding.language,
        "voice": founding.language.lower(),
        "second_voice": f"{founding.language.lower()}+f3",
    }
    return _SHOW.format(**{key: json.dumps(value, ensure_ascii=False) for key, value in values.items()})
