"""One list of chapters in every published form, read back by other people's readers, with the same starts."""

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import av
import eyed3
import msgspec
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3
from PIL import Image

from pipeline.assembly import Edition, Made, assemble, sound_parts
from pipeline.chapters import to_chapters_json, to_episode_chapters
from pipeline.errors import IdentityError, SourceError, TagError
from pipeline.feeds.ledger import mark_published, save_episode
from pipeline.files import write_atomically, write_parts_atomically
from pipeline.illustrating import read_own_images
from pipeline.model import Chapter, ChapterOrigin, EpisodeChapter, ShowLedger
from pipeline.progress import Silence
from pipeline.project import Project, open_project
from pipeline.site import render_episode_page
from pipeline.workflow import Order, build_feed, make_episode
from pipeline.workshop import Workshop
from tests.commands import audio_edition, ready_to_publish, show_in

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
BASE = "https://audio.causeway-letter.example/"
LINK = "https://treaties.example/straits?part=2&lang=en"
SECRET = b"drawn at the quay of Ostrava"
FAR_IMAGE = "https://pictures.example/k%C3%BCste.png"
ARTICLE = """---
title: The pilots of the strait
author: Ines Calder
date: 2026-03-02
---

A pilot climbs aboard every tanker, and nobody asks who pays. The fee is older than the port that collects it.

Amaro raised it twice last year. Ostrava did not, and lost a third of its trade to the far shore.
"""


def chapter(start: int, title: str, *, link: str = "", image: str = "") -> Chapter:
    return Chapter(start=start, title=title, origin=ChapterOrigin.AUTHOR, link=link, image=image)


#: At 44,100 samples a second none of them but the first starts at a whole millisecond.
CHAPTERS = (
    chapter(0, "Who climbs & who <pays>", image="maps/strait.png"),
    chapter(123_457, "🚢 Pilots of the strait 🧭", link=LINK),
    chapter(201_003, "المضيق الهادئ · הנמל", link="https://höfe.example/häfen und mehr", image="coast.jpg"),
    chapter(290_009, "A title of far more than sixty-four characters, as those who set their own may write it — Łódź"),
    chapter(350_011, "What is next", image=FAR_IMAGE),
    chapter(390_013, "The strait again", image="maps/strait.png"),
)
STARTS_MS = [0, 2_799, 4_558, 6_576, 7_937, 8_844]


@dataclass
class Built:
    """An episode as it lies on disk, with the values it came of."""

    project: Project
    made: Made
    edition: Edition

    @property
    def chapters(self) -> tuple[EpisodeChapter, ...]:
        return self.edition.episode.chapters

    @property
    def marks(self) -> list[tuple[int, str]]:
        """What every form must give back."""
        return [(start, one.title) for start, one in zip(STARTS_MS, CHAPTERS, strict=True)]

    @property
    def sound(self) -> Path:
        return self.project.root / self.edition.episode.enclosure.file.path

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """Link and public address of the image of each chapter."""
        strait, coast = (BASE + file.path for file in self.edition.episode.chapter_images)
        links = ("", LINK, "https://h%C3%B6fe.example/h%C3%A4fen%20und%20mehr", "", "", "")
        return list(zip(links, (strait, "", coast, "", FAR_IMAGE, strait), strict=True))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A real episode of a few sentences with the chapters of an author."""
    show = show_in(tmp_path_factory.mktemp("forms"))
    (show / "seeds" / "pilots.md").write_text(ARTICLE, encoding="utf-8")
    (show / "seeds" / "maps").mkdir()
    # One beside the article and with transparency, one in the show's folder.
    Image.new("RGBA", (900, 450), (10, 80, 120, 128)).save(show / "seeds" / "maps" / "strait.png")
    Image.linear_gradient("L").resize((800, 800)).save(show / "coast.jpg", quality=90)
    Image.linear_gradient("L").resize((1400, 1400)).convert("RGB").save(show / "cover.jpg", comment=SECRET)
    project = open_project(show)
    workshop = Workshop(store=project.store, workers=1, progress=Silence())
    made = make_episode(project, Order(source=show / "seeds" / "pilots.md", now=NOW), workshop=workshop)
    made = msgspec.structs.replace(made, chapters=CHAPTERS)
    edition = assemble(made, project, past=None, correction=None)
    for path, data in edition.files.items():
        write_atomically(show / path, data)
    sound = edition.episode.enclosure.file
    write_parts_atomically(show / sound.path, sound_parts(edition, made, project=project), sha256=sound.sha256)
    save_episode(project.episode_ledger_path(edition.episode.slug), edition.episode)
    build_feed(project, now=NOW)
    assert made.master.sample_count > CHAPTERS[-1].start
    return Built(project=project, made=made, edition=edition)


def test_the_ledger_has_the_list_in_whole_milliseconds(built: Built) -> None:
    assert [(one.start_ms, one.title) for one in built.chapters] == built.marks


def test_ffprobe_shows_starts_and_titles(built: Built) -> None:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed here")
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", built.sound]
    shown = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)["chapters"]
    # FFmpeg reads no other sub-frames, and they must not make it lose the title.
    assert [(int(Decimal(one["start_time"]) * 1000), one["tags"]["title"]) for one in shown] == built.marks
    ends = [int(Decimal(one["end_time"]) * 1000) for one in shown]
    assert ends == [*STARTS_MS[1:], round(built.edition.episode.enclosure.duration_s * 1000)]


def test_pyav_shows_starts_and_titles_and_the_cover_alone_as_picture(built: Built) -> None:
    with av.open(str(built.sound)) as container:
        shown = [
            (round(one["start"] * one["time_base"] * 1000), one["metadata"]["title"]) for one in container.chapters()
        ]
        assert len(container.streams.video) == 1
    assert shown == built.marks


def test_mutagen_reads_every_sub_frame(built: Built) -> None:
    tag = ID3(built.sound, translate=False)
    frames = [tag[f"CHAP:{name}"] for name in tag["CTOC:toc"].child_element_ids]
    assert [(frame.start_time, str(frame.sub_frames["TIT2"])) for frame in frames] == built.marks
    links = [
        frame.sub_frames["WXXX:chapter url"].url if "WXXX:chapter url" in frame.sub_frames else "" for frame in frames
    ]
    assert links == [link for link, _ in built.addresses]
    pictured = [number for number, frame in enumerate(frames) if "APIC:" in frame.sub_frames]
    assert pictured == [0, 2, 5], "an image that is an address is not fetched"
    for number in pictured:
        picture = frames[number].sub_frames["APIC:"]
        with Image.open(BytesIO(picture.data)) as image:
            assert (picture.mime, int(picture.type), image.format, image.mode) == ("image/jpeg", 3, "JPEG", "RGB")
            assert max(image.size) == 600
    assert frames[0].sub_frames["APIC:"].data == frames[5].sub_frames["APIC:"].data


# It tries the tag's TDAT (day and month) as a date of its own, of which Python 3.13 says that the year is missing.
@pytest.mark.filterwarnings("ignore:Parsing dates involving a day of month without a year:DeprecationWarning")
def test_eyed3_reads_the_same(built: Built) -> None:
    tag = eyed3.load(built.sound).tag
    read = [tag.chapters.get(name) for name in tag.table_of_contents.get(b"toc").child_ids]
    assert [(one.times.start, one.title) for one in read] == built.marks
    assert [one.user_url or "" for one in read] == [link for link, _ in built.addresses]
    assert [number for number, one in enumerate(read) if b"APIC" in one.sub_frames] == [0, 2, 5]


def test_json_is_strictly_that_of_the_specification(built: Built) -> None:
    file = built.edition.episode.chapters_file
    assert file is not None
    read = strict_json((built.project.root / file.path).read_bytes())
    assert [(one["start_ms"], one["title"]) for one in read] == built.marks
    assert [(one.get("url", ""), one.get("img", "")) for one in read] == built.addresses


def strict_json(data: bytes) -> list[dict]:
    """The chapters of a JSON file, held against each rule of podcast-namespace, chapters/jsonChapters.md, 1.2."""
    document = json.loads(data.decode("utf-8"), parse_float=Decimal)
    assert document["version"] == "1.2.0"
    known = {"version", "chapters", "author", "title", "podcastName", "description", "fileName", "waypoints"}
    assert set(document) <= known
    for one in document["chapters"]:
        assert set(one) <= {"startTime", "title", "img", "url", "toc", "endTime", "location"}
        start = one["startTime"]
        assert isinstance(start, Decimal)
        assert start >= 0
        assert start == round(start, 3)
        assert one["title"]
        for address in (one[key] for key in ("img", "url") if key in one):
            assert re.fullmatch(r"https?://[!-~]+", address)
        one["start_ms"] = int(start * 1000)
    assert all(one["start_ms"] < other["start_ms"] for one, other in pairwise(document["chapters"]))
    return document["chapters"]


def test_podcastparser_reads_the_simple_chapters_of_the_feed(built: Built) -> None:
    with built.project.feed_path.open("rb") as stream:
        (item,) = podcastparser.parse(built.project.show.feed_url, stream)["episodes"]
    # It keeps whole seconds.
    assert [(one["start"] * 1000, one["title"]) for one in item["chapters"]] == [
        (start_ms // 1000 * 1000, title) for start_ms, title in built.marks
    ]
    assert [(one.get("href", ""), one.get("image", "")) for one in item["chapters"]] == built.addresses


@pytest.fixture(scope="module")
def read_by_node(built: Built, root: Path) -> dict:
    """What the readers in tests/npm find in the feed."""
    folder = root / "tests" / "npm"
    if shutil.which("node") is None:
        pytest.skip("node is not installed here")
    if not (folder / "node_modules").is_dir():
        pytest.skip("the readers of tests/npm are not installed: npm ci --prefix tests/npm")
    command = ["node", folder / "read_feed.mjs", built.project.feed_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_partytime_finds_the_chapters_file_and_the_transcripts(built: Built, read_by_node: dict) -> None:
    episode = built.edition.episode
    (item,) = read_by_node["partytime"]
    assert item["guid"] == episode.guid
    assert episode.chapters_file is not None
    assert item["chapters"] == {"url": BASE + episode.chapters_file.path, "type": "application/json+chapters"}
    assert [one["url"] for one in item["transcripts"]] == [BASE + form.file.path for form in episode.transcripts]


def test_feedsmith_reads_the_simple_chapters_to_the_millisecond(built: Built, read_by_node: dict) -> None:
    (item,) = read_by_node["feedsmith"]
    assert [(ms_of(one["start"]), one["title"]) for one in item["simple"]] == built.marks
    assert [(one.get("href", ""), one.get("image", "")) for one in item["simple"]] == built.addresses


def ms_of(normal_play_time: str) -> int:
    hours, minutes, seconds = normal_play_time.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + int(Decimal(seconds) * 1000)


def test_the_show_notes_have_plain_time_stamps_and_the_links_in_their_list(built: Built) -> None:
    notes = built.edition.episode.notes_html
    stamps = re.findall(r"<p>\((\d\d):(\d\d)\) ([^\n]*?)</p>", notes)
    assert [int(minutes) * 60 + int(seconds) for minutes, seconds, _ in stamps] == [ms // 1000 for ms in STARTS_MS]
    assert [title.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for *_, title in stamps] == [
        title for _, title in built.marks
    ]
    assert (
        '<li><a href="https://treaties.example/straits?part=2&amp;lang=en">🚢 Pilots of the strait 🧭</a></li>' in notes
    )


def test_the_page_shows_links_and_images_of_its_own(built: Built) -> None:
    page = render_episode_page(
        built.project.show, built.edition.episode, script=built.made.script, transcript=built.made.transcript
    ).decode()
    listed = page[page.index('<ol class="chapters">') : page.index("</ol>")]
    assert re.findall(r'href="#t=([\d.]+)"', listed) == ["0", "2.799", "4.558", "6.576", "7.937", "8.844"]
    assert re.findall(r'<a class="site" href="([^"]+)">([^<]+)</a>', listed) == [
        (LINK.replace("&", "&amp;"), "treaties.example"),
        ("https://h%C3%B6fe.example/h%C3%A4fen%20und%20mehr", "höfe.example"),
    ]
    names = [Path(file.path).name for file in built.edition.episode.chapter_images]
    assert re.findall(r'<img src="([^"]+)" alt=""', listed) == [names[0], names[1], names[0]]


def test_images_are_published_as_they_are_under_digested_names(built: Built) -> None:
    strait, coast = built.edition.episode.chapter_images
    root = built.project.root
    assert (root / strait.path).read_bytes() == (root / "seeds" / "maps" / "strait.png").read_bytes()
    assert (root / coast.path).read_bytes() == (root / "coast.jpg").read_bytes()
    assert strait.path == f"episodes/pilots/pilots-{strait.sha256[:8]}.png"
    assert coast.path == f"episodes/pilots/pilots-{coast.sha256[:8]}.jpg"
    assert (strait.media_type, coast.media_type) == ("image/png", "image/jpeg")


def test_the_cover_is_published_without_what_it_tells_of_its_author(built: Built) -> None:
    show = built.project.root
    (cover,) = (show / "feeds").glob("cover-*.jpg")
    assert SECRET in (show / "cover.jpg").read_bytes()
    assert SECRET not in cover.read_bytes() + built.sound.read_bytes()
    with Image.open(cover) as image, Image.open(show / "cover.jpg") as original:
        assert image.tobytes() == original.tobytes()
    assert cover.name == f"cover-{hashlib.sha256(cover.read_bytes()).hexdigest()[:8]}.jpg"


def published(built: Built) -> Built:
    """The same, once listeners have it."""
    _, (live,) = mark_published(ShowLedger(podcast_guid="x"), [built.edition.episode], now=NOW)
    return Built(project=built.project, made=built.made, edition=msgspec.structs.replace(built.edition, episode=live))


def test_a_show_that_moves_house_needs_no_reason_and_gives_new_addresses(built: Built) -> None:
    live = published(built).edition.episode
    show = msgspec.structs.replace(built.project.show, base_url="https://sound.harbour-review.example/")
    moved = assemble(built.made, msgspec.structs.replace(built.project, show=show), past=live, correction=None)
    assert moved.episode.is_live
    assert moved.episode.enclosure == live.enclosure
    assert moved.episode.chapters_file != live.chapters_file
    assert moved.episode.chapters_file is not None
    read = strict_json(moved.files[moved.episode.chapters_file.path])
    assert read[0]["img"] == "https://sound.harbour-review.example/" + live.chapter_images[0].path


def with_first(made: Made, **changes: object) -> Made:
    first = msgspec.structs.replace(made.chapters[0], **changes)
    return msgspec.structs.replace(made, chapters=(first, *made.chapters[1:]))


@pytest.mark.parametrize(
    "changes", [{"link": "https://treaties.example/other"}, {"image": "coast.jpg"}, {"image": FAR_IMAGE}, {"image": ""}]
)
def test_another_link_or_image_of_a_published_episode_needs_a_reason(built: Built, changes: dict[str, str]) -> None:
    live = published(built).edition.episode
    with pytest.raises(IdentityError, match=r"chapters.* and chapters file would change"):
        assemble(with_first(built.made, **changes), built.project, past=live, correction=None)


def refused(built: Built, **changes: str) -> SourceError:
    chapters = with_first(built.made, **changes).chapters
    with pytest.raises(SourceError) as caught:
        read_own_images(chapters, built.project, source_path=built.made.told.source_path)
    return caught.value


def test_more_images_than_every_download_should_carry_are_refused(built: Built) -> None:
    Image.effect_noise((600, 600), 90).save(built.project.root / "sea.png")
    many = [chapter(number, f"Part {number}", image="sea.png") for number in range(100)]
    with pytest.raises(
        TagError, match=r"the images of 100 chapters would add \d+ bytes .*; give an image to about \d+ of them"
    ) as no:
        read_own_images(many, built.project, source_path=built.made.told.source_path)
    fitting = int(re.findall(r"about (\d+) of", str(no.value))[0])
    assert fitting > 10
    read_own_images(many[:fitting], built.project, source_path=built.made.told.source_path)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("image: maps/nothing.png", "the image “maps/nothing.png” of a chapter is not there"),
        ("image: cut.png", "cut.png: the image of a chapter cannot be read as an image"),
        (f"link: https://a.example/{'x' * 2000}", "pilots.md, line 6: the link 'https://a.example/xxx"),
    ],
)
def test_what_could_not_be_published_stops_the_build_before_a_word_is_said(
    tmp_path: Path, line: str, fault: str
) -> None:
    show = show_in(tmp_path / "show")
    Image.linear_gradient("L").save(show / "whole.png")
    (show / "seeds" / "cut.png").write_bytes((show / "whole.png").read_bytes()[:200])
    article = ARTICLE.replace("---\n\nA pilot", FRONT_MATTER).replace("image: maps/strait.png", line)
    (show / "seeds" / "pilots.md").write_text(article, encoding="utf-8")
    for command in ("episode", "chapters"):
        assert fault in audio_edition(command, "seeds/pilots.md", cwd=show, status=1).stderr
    assert not [path for path in (show / ".cache").rglob("*") if path.is_file() and path.stat().st_size > 10_000]


@pytest.mark.parametrize("name", ["nothing.png", "maps", "x" * 5000 + ".png", "nul\0.png"])
def test_an_image_that_is_not_there_names_article_and_cure(built: Built, name: str) -> None:
    error = refused(built, image=name)
    assert "is not there" in error.what
    assert error.path == built.project.root / "seeds" / "pilots.md"
    assert "beside the article" in error.cure


def test_an_image_outside_the_show_is_refused_however_it_is_named(built: Built) -> None:
    outside = built.project.root.parent / "private.png"
    Image.new("RGB", (40, 40)).save(outside)
    (built.project.root / "seeds" / "tempting.png").symlink_to(outside)
    for name in ("../../private.png", str(outside), "tempting.png"):
        error = refused(built, image=name)
        assert "lies outside the show" in error.what
        assert str(built.project.root / "seeds") in error.cure


@pytest.mark.parametrize(
    ("changes", "word"),
    [({"link": "https://a.example/" + "x" * 2000}, "link"), ({"image": "ftp://a.example/map.png"}, "image")],
)
def test_an_address_that_feeds_cannot_carry_is_refused(built: Built, changes: dict[str, str], word: str) -> None:
    error = refused(built, **changes)
    assert f"the {word} '" in error.what
    assert CHAPTERS[0].title in error.what
    assert len(str(error)) < 500


FRONT_MATTER = """chapters:
  - at: 0
    title: "Who climbs & who pays"
    image: maps/strait.png
  - at: "Amaro raised it"
    title: "🚢 Fees"
    link: "https://treaties.example/straits"
  - at: "Ostrava did not"
    title: "What is next"
---

A pilot"""


def test_what_an_author_writes_reaches_every_form_and_stays_when_the_show_moves(tmp_path: Path) -> None:
    show = ready_to_publish(show_in(tmp_path / "show"))
    (show / "seeds" / "maps").mkdir()
    Image.linear_gradient("L").resize((900, 450)).save(show / "seeds" / "maps" / "strait.png")
    (show / "seeds" / "pilots.md").write_text(ARTICLE.replace("---\n\nA pilot", FRONT_MATTER), encoding="utf-8")
    audio_edition("episode", "seeds/pilots.md", cwd=show)
    (sound,) = show.glob("episodes/pilots/*.mp3")
    before = json_on_disk(show)
    assert [(one.get("img", ""), one.get("url", "")) for one in before] == [
        (f"https://audio.causeway-letter.net/episodes/pilots/{image_on_disk(show).name}", ""),
        ("", "https://treaties.example/straits"),
        ("", ""),
    ]
    frames = sorted(ID3(sound).getall("CHAP"), key=lambda frame: frame.start_time)
    assert [(frame.start_time, str(frame.sub_frames["TIT2"])) for frame in frames] == [
        (one["start_ms"], one["title"]) for one in before
    ]
    assert [set(frame.sub_frames) for frame in frames] == [{"TIT2", "APIC:"}, {"TIT2", "WXXX:chapter url"}, {"TIT2"}]
    audio_edition("feed", "--published", cwd=show)
    settings = show / "show.toml"
    settings.write_text(settings.read_text().replace("audio.causeway-letter.net", "sound.harbour-review.net"))
    audio_edition("feed", cwd=show)
    said = json.loads(audio_edition("check", "--json", cwd=show).stdout)
    assert [finding["rule"] for finding in said["findings"] if finding["rule"].startswith("chapter")] == [
        "chapters-moved"
    ]
    audio_edition("episode", "seeds/pilots.md", cwd=show)
    assert [one.get("img", "")[:37] for one in json_on_disk(show)] == ["https://sound.harbour-review.net/epis", "", ""]
    assert len(list(show.glob("episodes/pilots/*.chapters.json"))) == 2, "the one that listeners have stays"
    recorded = json.loads(audio_edition("feed", "--published", "--json", cwd=show).stdout)["published"]
    assert recorded == ["pilots"]
    article = show / "seeds" / "pilots.md"
    article.write_text(article.read_text(encoding="utf-8").replace("What is next", "Who is next"), encoding="utf-8")
    audio_edition("episode", "seeds/pilots.md", "--correct", "a title was wrong", cwd=show)
    kept = len(list(show.glob("episodes/pilots/*.chapters.json")))
    assert kept == 3, "those that listeners have stay, wherever the show lived when they got them"


def json_on_disk(show: Path) -> list[dict]:
    ledger = json.loads((show / "episodes" / "pilots" / "episode.json").read_text(encoding="utf-8"))
    return strict_json((show / ledger["chapters_file"]["path"]).read_bytes())


def image_on_disk(show: Path) -> Path:
    (image,) = show.glob("episodes/pilots/*.png")
    return image


def test_the_lock_of_the_readers_in_node_has_digests_and_names_no_registry(root: Path) -> None:
    lock = json.loads((root / "tests" / "npm" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())


@given(st.lists(st.integers(0, 86_400_000), min_size=1, max_size=30, unique=True).map(sorted))
def test_json_keeps_every_millisecond_and_no_more(starts_ms: list[int]) -> None:
    chapters = [EpisodeChapter(start_ms=at, title="T", origin=ChapterOrigin.AUTO) for at in starts_ms]
    read = strict_json(to_chapters_json(chapters, title="T", address=str))
    assert [one["start_ms"] for one in read] == starts_ms


def test_chapters_without_link_and_image_keep_their_bytes() -> None:
    chapters = to_episode_chapters((chapter(0, "Opening"), chapter(2_701_126, "Löhne & Preise")), 44_100)
    assert to_chapters_json(chapters, title="The quiet strait", address=str) == (
        b'{\n "version": "1.2.0",\n "title": "The quiet strait",\n "chapters": [\n  {\n   "startTime": 0.0,\n'
        b'   "title": "Opening"\n  },\n  {\n   "startTime": 61.25,\n   "title": "L\xc3\xb6hne & Preise"\n  }\n ]\n}\n'
    )


def test_titles_get_the_one_form_that_all_forms_can_carry() -> None:
    (made,) = to_episode_chapters((chapter(0, " Two\u00a0ports,\none \x00lender \ud800"),), 44_100)
    assert made.title == "Two ports, one lender"
