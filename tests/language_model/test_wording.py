"""Chapters and a missing summary in a model's words: what is taken, what stays, what is kept and what is told."""

import json
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pipeline.language_model import LanguageModel, Wording, find_language_model, write_words
from pipeline.model import (
    Article,
    Chapter,
    ChapterOrigin,
    LanguageModelSettings,
    Placement,
    Role,
    Script,
    Span,
    Timeline,
    Utterance,
)
from pipeline.progress import Silence
from pipeline.store import Store
from pipeline.workshop import Workshop
from tests.language_model.servers import completion, refusal, server, writing
from tests.samples import episode

TEXTS = (
    ("The Causeway Letter.", Role.SHOW),
    ("Who pays for the strait", Role.TITLE),
    ("Insurers moved first, and the ministry followed.", Role.BODY),
    ("Amaro counted the ferries of Ostrava in spring.", Role.BODY),
    ("Nobody asked who would pay the pilots of Corvel.", Role.BODY),
    ("Ines Calder closed the file before the admirals opened it.", Role.BODY),
    ("You have been listening to Who pays for the strait.", Role.CLOSING),
)

SCRIPT = Script(
    title="Who pays for the strait",
    language="en-GB",
    utterances=tuple(
        Utterance(
            display=text,
            spoken=text,
            forms=(),
            role=role,
            pause_after_ms=0,
            span=Span(0, len(text)) if role in {Role.TITLE, Role.BODY} else None,
        )
        for text, role in TEXTS
    ),
)

TIMELINE = Timeline(
    sample_rate=100,
    length=7000,
    placements=tuple(Placement(utterance=number, start=number * 1000, length=900) for number in range(len(TEXTS))),
)

OWN = ("Ferries of Ostrava", "Pilots of Corvel", "The file")

CHAPTERS = (
    Chapter(start=0, title="Introduction", origin=ChapterOrigin.OPENING),
    *(
        Chapter(start=start, title=title, origin=ChapterOrigin.AUTO, paragraph=number)
        for number, (start, title) in enumerate(zip((3000, 4000, 5000), OWN, strict=True), start=2)
    ),
    Chapter(start=6000, title="Closing notes", origin=ChapterOrigin.CLOSING),
)

ARTICLE = Article(
    slug="strait",
    title="Who pays for the strait",
    subtitle="",
    author="Ines Calder",
    published=datetime(2026, 3, 2, 6, tzinfo=UTC),
    language="en-GB",
    source_url="",
    summary="",
    tags=(),
    blocks=(),
)

TITLES = ["What Amaro counted", "Who would pay the pilots", "Calder and the admirals"]


class Lines:
    """A Progress that remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.stage = ""

    def begin(self, stage: str, total: int) -> None:
        self.stage = stage

    def advance(self, count: int = 1) -> None: ...

    def end(self, outcome: str) -> None:
        self.said.append(f"{self.stage}: {outcome}")

    def close(self) -> None: ...


def model_of(
    settings: LanguageModelSettings, folder: Path, *, lines: Lines | None = None, is_offline: bool = False
) -> LanguageModel:
    workshop = Workshop(store=Store(folder), workers=1, progress=lines or Silence(), is_offline=is_offline)
    return find_language_model(settings, workshop, past=None)


def titled(settings: LanguageModelSettings, folder: Path, chapters: tuple[Chapter, ...] = CHAPTERS, **more) -> Wording:
    model = model_of(settings, folder, **more)
    return write_words(ARTICLE, SCRIPT, timeline=TIMELINE, chapters=chapters, model=model)


def worded(settings: LanguageModelSettings, folder: Path, article: Article = ARTICLE, **more) -> Wording:
    model = model_of(settings, folder, **more)
    return write_words(article, SCRIPT, timeline=TIMELINE, chapters=CHAPTERS, model=model)


def titles(wording: Wording) -> list[str]:
    return [chapter.title for chapter in wording.chapters]


def test_only_our_own_proposals_get_titles_and_each_is_asked_for_by_its_text(tmp_path: Path) -> None:
    with server(writing(TITLES)) as there:
        found = titled(there.settings(), tmp_path)
    assert titles(found) == ["Introduction", *TITLES, "Closing notes"]
    assert found.warning == ""
    untitled = [msgspec.structs.replace(chapter, title="") for chapter in found.chapters]
    assert untitled == [msgspec.structs.replace(chapter, title="") for chapter in CHAPTERS]
    (prompt,) = there.prompts
    assert "Chapter 1:\nAmaro counted the ferries" in prompt
    assert "Chapter 3:\nInes Calder closed the file" in prompt
    for words in ("Insurers moved first", "You have been listening", "The Causeway Letter", "Chapter 4"):
        assert words not in prompt


def test_what_the_author_divided_is_not_asked_about(tmp_path: Path) -> None:
    theirs = tuple(
        Chapter(start=chapter.start, title=chapter.title, origin=origin)
        for chapter, origin in zip(
            CHAPTERS,
            (ChapterOrigin.AUTHOR, ChapterOrigin.AUTHOR, *[ChapterOrigin.HEADING] * 2, ChapterOrigin.CLOSING),
            strict=True,
        )
    )
    with server(writing(TITLES)) as there:
        assert titled(there.settings(), tmp_path, theirs).chapters == theirs
        assert titled(there.settings(), tmp_path, ()).chapters == ()
        assert there.asked == []
        assert titles(titled(there.settings(titles=False, summary=True), tmp_path)) == titles(titled_own())
    assert len(there.asked) == 1


def titled_own() -> Wording:
    return titled(LanguageModelSettings(), Path("unused"))


def test_a_title_that_will_not_do_stays_ours_alone(tmp_path: Path) -> None:
    lines = Lines()
    with server(writing(["What Oslo counted", "Who would pay the pilots", "x" * 41])) as there:
        found = titled(there.settings(), tmp_path, lines=lines)
    assert titles(found)[1:4] == [OWN[0], "Who would pay the pilots", OWN[2]]
    assert found.warning == ""
    assert lines.said == ["titles: 1 of 3 from tern-7b; 2 refused: “Oslo” is not in the article, 41 characters"]


def test_no_two_titles_are_alike(tmp_path: Path) -> None:
    # The second is said by the first already, the third is the one that the second chapter keeps.
    with server(writing(["What Amaro counted", "What amaro counted", OWN[1]])) as there:
        assert titles(titled(there.settings(), tmp_path))[1:4] == ["What Amaro counted", OWN[1], OWN[2]]
    with server(writing(["Introduction", OWN[1], "Closing notes"])) as there:
        assert titles(titled(there.settings(), tmp_path / "two")) == titles(titled_own())


def test_an_answer_is_kept_and_a_failure_is_not(tmp_path: Path) -> None:
    with server([refusal(500), completion(json.dumps({"titles": TITLES}))]) as there:
        settings = there.settings()
        assert titled(settings, tmp_path).warning
        assert list(tmp_path.rglob("*")) == []
        first = titled(settings, tmp_path)
        assert len(there.asked) == 2
    assert titled(settings, tmp_path) == first
    assert titled(settings, tmp_path, is_offline=True) == first
    other = msgspec.structs.replace(settings, model="gull-3b")
    assert titled(other, tmp_path).warning, "another model has said nothing yet"


def test_what_the_ledger_knows_is_not_asked_again(tmp_path: Path) -> None:
    with server(writing(TITLES)) as there:
        first = worded(there.settings(summary=True), tmp_path / "one")
        assert len(there.asked) == 2
        workshop = Workshop(store=Store(tmp_path / "two"), workers=1, progress=Silence())
        past = episode(answers=first.answers)
        model = find_language_model(there.settings(summary=True), workshop, past=past)
        assert write_words(ARTICLE, SCRIPT, timeline=TIMELINE, chapters=CHAPTERS, model=model) == first
        assert len(there.asked) == 2
        # Another text is another question.
        changed = msgspec.structs.replace(SCRIPT, title="Who pays for the pilots")
        write_words(ARTICLE, changed, timeline=TIMELINE, chapters=CHAPTERS, model=model)
    assert len(there.asked) == 4
    assert [(answer.model, len(answer.texts)) for answer in first.answers] == [("tern-7b", 3), ("tern-7b", 1)]


def test_who_only_looks_asks_nobody_and_complains_of_nothing(tmp_path: Path) -> None:
    with server(writing(TITLES)) as there:
        found = worded(there.settings(summary=True), tmp_path, is_offline=True)
    assert found == Wording(chapters=CHAPTERS, summary="")
    assert there.asked == []


def test_a_failure_is_one_warning_with_address_reason_and_cure(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1"
    found = worded(LanguageModelSettings(url=url, model="tern-7b", summary=True), tmp_path)
    assert found.chapters == CHAPTERS
    assert (found.summary, found.summary_by) == ("", "")
    assert found.warning == (
        f"{url} takes no connection, so the chapter titles are our own and no summary was written; "
        "check the address, its port, and that the server runs"
    )


def test_a_server_that_is_at_fault_is_asked_once_and_a_bad_answer_does_not_cost_the_summary(tmp_path: Path) -> None:
    with server(refusal(401)) as there:
        worded(there.settings(summary=True), tmp_path / "one")
    assert len(there.asked) == 1

    def write(prompt: str):
        return completion('{"summary": "Insurers moved first."}' if '{"summary"' in prompt else "no JSON")

    with server(write) as there:
        found = worded(there.settings(summary=True), tmp_path / "two")
    assert len(there.asked) == 2
    assert found.summary == "Insurers moved first."
    assert "did not write the titles" in found.warning
    assert "summary" not in found.warning


def test_a_summary_is_written_where_there_is_none_and_says_by_whom(tmp_path: Path) -> None:
    with server(writing(TITLES, summary="Insurers moved first. Amaro counted ferries.")) as there:
        found = worded(there.settings(summary=True), tmp_path)
        assert (found.summary, found.summary_by) == ("Insurers moved first. Amaro counted ferries.", "tern-7b")
        mine = msgspec.structs.replace(ARTICLE, summary="The author's own.")
        kept = worded(there.settings(summary=True), tmp_path, mine)
        assert (kept.summary, kept.summary_by) == ("The author's own.", "")
        # A subtitle that stands in for it is none.
        stand_in = msgspec.structs.replace(ARTICLE, subtitle="Ferries, fees", summary="Ferries, fees")
        assert worded(there.settings(summary=True), tmp_path, stand_in) == found
        assert worded(there.settings(), tmp_path).summary == ""
    titles_prompt, summary_prompt = there.prompts
    assert '{"titles"' in titles_prompt
    assert "Insurers moved first, and the ministry followed. Amaro counted" in summary_prompt
    assert "You have been listening" not in summary_prompt


def test_a_summary_that_invents_is_left_out(tmp_path: Path) -> None:
    lines = Lines()
    article = msgspec.structs.replace(ARTICLE, subtitle="Ferries, fees", summary="Ferries, fees")
    with server(writing(TITLES, summary="Insurers moved first in Oslo.")) as there:
        found = worded(there.settings(summary=True, titles=False), tmp_path, article, lines=lines)
    assert (found.summary, found.summary_by, found.warning) == ("Ferries, fees", "", "")
    assert lines.said == ["summary: 0 of 1 from tern-7b; 1 refused: “Oslo” is not in the article"]


def test_without_a_model_nothing_changes_and_no_library_is_loaded() -> None:
    assert titled_own().chapters == CHAPTERS
    code = "import sys, pipeline.workflow, pipeline.proposing; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "False\n"
