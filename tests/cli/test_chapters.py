"""`audio-edition chapters` as a person and a program run it: what is printed can be pasted, and changes nothing."""

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import cli
from pipeline.cli.chapters import yaml_text
from tests.commands import audio_edition, show_in, tree

SEEDS = ("the-quiet-strait.txt", "what-the-ceasefire-line-costs.md")

FRONT = "title: A ferry for Lviv\ndate: 2026-04-01\nauthor: Ines Calder\n"

SENTENCES = (
    "The harbour master of Ostrava counted nine ferries in the spring and four in the autumn.",
    "Every one of them had sailed under a charter that the ministry signed and the port never saw.",
    "Amaro asked for the ledgers, waited a month, and was sent a box of receipts for paint.",
)

AWKWARD = (
    'Insurers: "before" the admirals # and \\ after',
    "- yes",
    "⚓ 3.5 Häfen, 'quoted'",
    "מי משלם על הנמל",
    "2026-04-01",
    "[a link](https://example.org): null",
)


def article(*headings: str, front: str = FRONT) -> str:
    """An article with a paragraph under each heading."""
    body = "\n\n".join(
        f"## {heading}\n\nPart {number} of it opens here. {' '.join(SENTENCES)}"
        for number, heading in enumerate(headings, start=1)
    )
    return f"---\n{front}---\n\n{body}\n"


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show with both sample articles."""
    folder = show_in(tmp_path / "show")
    for name in SEEDS:
        (folder / "seeds" / name).write_bytes((Path(__file__).parents[2] / "seeds" / name).read_bytes())
    return folder


def write(show: Path, text: str) -> str:
    """An article in the show, and how the command line names it."""
    (show / "seeds" / "ferry.md").write_text(text, encoding="utf-8")
    return "seeds/ferry.md"


def paste(path: Path, lines: str) -> None:
    """Put ``lines`` between the `---` lines at the top of the file."""
    text = path.read_text(encoding="utf-8")
    front, body = text.removeprefix("---\n").split("---\n", 1) if text.startswith("---\n") else ("", text)
    path.write_text(f"---\n{front}{lines}---\n{body}", encoding="utf-8")


def printed(source: object, *options: str, show: Path) -> tuple[str, list[dict]]:
    """What the command prints to paste, and its JSON; in this process, which is faster."""
    found = []
    for more in ((), ("--json",)):
        done = CliRunner(mix_stderr=False).invoke(cli, ["chapters", str(source), "--show", str(show), *options, *more])
        assert done.exit_code == 0, done.output
        found.append(done.stdout)
    return found[0], json.loads(found[1])["chapters"]


def kept(chapters: list[dict]) -> list[tuple]:
    """What must not change by pasting."""
    return [tuple(one[key] for key in ("start_s", "title", "paragraph", "link", "image")) for one in chapters]


def built_chapters(source: str, *, show: Path) -> tuple[list[tuple[int, str]], int]:
    """Start in milliseconds and title of every chapter of a build, and how many utterances it had to speak."""
    (built,) = json.loads(audio_edition("episode", source, "--json", "--quiet", cwd=show).stdout)["episodes"]
    ledger = json.loads((show / "episodes" / built["slug"] / "episode.json").read_text(encoding="utf-8"))
    chapters = [(chapter["start_ms"], chapter["title"]) for chapter in ledger["chapters"]]
    return chapters, built["synthesised_utterances"]


def in_ms(chapters: list[dict]) -> list[tuple[int, str]]:
    return [(round(one["start_s"] * 1000), one["title"]) for one in chapters]


@pytest.mark.parametrize("name", [SEEDS[0], pytest.param(SEEDS[1], marks=pytest.mark.long)])
def test_pasting_changes_no_start_and_no_title_of_the_build(show: Path, name: str) -> None:
    source = f"seeds/{name}"
    lines = audio_edition("chapters", source, "--exact", cwd=show)
    assert "narrate: " in lines.stderr
    before = printed(show / source, show=show)[1]
    paste(show / source, lines.stdout)
    assert built_chapters(source, show=show) == (in_ms(before), 0)
    after = printed(show / source, show=show)[1]
    assert kept(after) == kept(before)
    assert {one["origin"] for one in after} == {"author"}


def test_the_times_are_those_of_a_build(show: Path) -> None:
    toml = (show / "show.toml").read_text(encoding="utf-8")
    closing = f'closing = ["You have been listening to {{show}}.", "{" ".join(SENTENCES * 4)}"]'
    (show / "show.toml").write_text(re.sub("# closing = .*", closing, toml), encoding="utf-8")
    source = write(show, article("The first quay", "The second quay"))
    lines = audio_edition("chapters", source, "--exact", cwd=show).stdout
    chapters = printed(show / source, show=show)[1]
    assert [one["origin"] for one in chapters] == ["heading", "heading", "closing"]
    assert built_chapters(source, show=show) == (in_ms(chapters), 0)
    assert re.search(r"^# \d:\d\d  Closing notes: this one comes by itself$", lines, flags=re.MULTILINE)
    assert (chapters[-1]["at"], chapters[-1]["paragraph"]) == (None, None)
    paste(show / source, lines)
    assert kept(printed(show / source, show=show)[1]) == kept(chapters)


def test_pasting_changes_nothing_in_the_archive(show: Path, shared: Path, tmp_path: Path) -> None:
    articles = sorted((shared / "archive").glob("*.md"))[::17]
    assert len(articles) > 10
    divided = 0
    for number, path in enumerate(articles):
        copy = tmp_path / f"article-{number}.md"
        copy.write_bytes(path.read_bytes())
        lines, before = printed(copy, show=show)
        divided += bool(before)
        paste(copy, lines)
        again, after = printed(copy, show=show)
        assert kept(after) == kept(before), path.name
        assert yaml.safe_load(again) == yaml.safe_load(lines), path.name
    assert divided > len(articles) / 2


def test_a_scrape_gets_front_matter_of_its_own(show: Path, vortex: Path) -> None:
    source = show / "seeds" / "vortex.txt"
    source.write_bytes(vortex.read_bytes())
    told = ("--published", "2026-03-01", "--author", "Ines Calder")
    lines, before = printed(source, *told, show=show)
    assert len(before) >= 3
    paste(source, lines)
    assert kept(printed(source, *told, show=show)[1]) == kept(before)


def test_pasting_a_proposal_over_headings_changes_nothing_either(show: Path) -> None:
    path = show / "seeds" / SEEDS[1]
    lines, before = printed(path, "--propose", show=show)
    assert [one["at"] for one in before if str(one["at"]).startswith("Does watching a war")]
    paste(path, lines)
    assert kept(printed(path, show=show)[1]) == kept(before)


def test_titles_and_anchors_read_back_exactly_whatever_they_are(show: Path) -> None:
    source = write(show, article(*AWKWARD))
    lines, chapters = printed(show / source, show=show)
    pasted = yaml.safe_load(lines)["chapters"]
    marked = [one for one in chapters if one["at"] is not None]
    assert [(one["at"], one["title"]) for one in pasted] == [(one["at"], one["title"]) for one in marked]
    assert len(pasted) >= len(AWKWARD)
    paste(show / source, lines)
    assert kept(printed(show / source, show=show)[1]) == kept(chapters)


@given(st.text())
def test_any_text_is_one_yaml_string_on_one_line(text: str) -> None:
    written = yaml_text(text)
    assert yaml.safe_load(f"chapters:\n  - at: {written}\n    title: {written}\n") == {
        "chapters": [{"at": text, "title": text}]
    }
    assert written.isprintable() or not text.isprintable()
    assert len(written.splitlines()) == 1


def test_the_json_has_the_shape_that_is_documented(show: Path, root: Path) -> None:
    text = (root / "docs" / "chapters.md").read_text(encoding="utf-8")
    shape = json.loads(re.search(r"`chapters --json`:\n\n```json\n(.*?)```", text, flags=re.DOTALL)[1])
    said = json.loads(audio_edition("chapters", f"seeds/{SEEDS[0]}", "--json", cwd=show).stdout)
    assert list(said) == list(shape)
    assert {tuple(one) for one in said["chapters"]} == {tuple(shape["chapters"][0])}
    opening, *others = said["chapters"]
    assert (opening["start_s"], opening["at"], opening["paragraph"], opening["origin"]) == (0, 0, 1, "opening")
    for one in others:
        assert one["start_s"] == round(one["start_s"], 3)
        assert one["first_words"].startswith(one["at"])
        assert len(one["at"].split()) >= 4


def test_times_are_estimates_until_everything_is_spoken(show: Path) -> None:
    source = f"seeds/{SEEDS[0]}"
    before = tree(show)
    about = audio_edition("chapters", source, cwd=show)
    assert about.stderr == "times are estimates until the episode has been built; --exact speaks what is missing\n"
    assert re.search(r"# ~\d:\d\d  \w", about.stdout)
    assert tree(show) == before
    assert not (show / ".cache").exists()
    guessed = json.loads(audio_edition("chapters", source, "--json", "--quiet", cwd=show).stdout)
    exact = json.loads(audio_edition("chapters", source, "--json", "--exact", "--quiet", cwd=show).stdout)
    assert (guessed["is_exact"], exact["is_exact"]) == (False, True)
    assert tree(show) == before
    for one, other in zip(guessed["chapters"], exact["chapters"], strict=True):
        assert one["start_s"] == pytest.approx(other["start_s"], rel=0.02, abs=1)
    told = audio_edition("chapters", source, cwd=show)
    assert not told.stderr
    assert "~" not in told.stdout


def test_a_proposal_takes_no_notice_of_headings_or_front_matter(show: Path) -> None:
    path = show / "seeds" / SEEDS[1]
    proposed = printed(path, "--propose", show=show)[1]
    assert {one["origin"] for one in proposed} == {"opening", "auto"}
    paste(path, 'chapters:\n  - at: 0\n    title: "All of it"\n  - at: 4\n    title: "Paragraph four"\n')
    lines, own = printed(path, show=show)
    assert lines.startswith("# From the front matter")
    assert [one["title"] for one in own[:2]] == ["All of it", "Paragraph four"]
    assert printed(path, "--propose", show=show)[1] == proposed


def test_the_first_line_says_where_they_come_from(show: Path) -> None:
    source = show / write(show, article("The first quay", "The second quay"))
    assert printed(source, show=show)[0].startswith("# From the headings of the article.\nchapters:\n  - at: 0 ")
    assert printed(show / "seeds" / SEEDS[0], show=show)[0].startswith("# A proposal from the text: read it, edit it")


def test_titles_of_our_own_are_marked(show: Path) -> None:
    lines, chapters = printed(show / "seeds" / SEEDS[0], show=show)
    marked = re.findall(r'^    title: "(.*)" +# auto$', lines, flags=re.MULTILINE)
    assert marked == [one["title"] for one in chapters if one["origin"] == "auto"]


def test_links_and_images_are_printed_again(show: Path) -> None:
    (show / "seeds" / "quay.jpg").write_bytes((show / "cover.jpg").read_bytes())
    mark = '  - at: 2\n    title: "Two"\n    link: "https://example.org/a?b#c"\n    image: "quay.jpg"\n'
    source = show / write(show, article("A", "B", front=f"{FRONT}chapters:\n  - at: 0\n    title: All\n{mark}"))
    lines, chapters = printed(source, show=show)
    assert yaml.safe_load(lines)["chapters"][1] == {
        "at": chapters[1]["at"],
        "title": "Two",
        "link": "https://example.org/a?b#c",
        "image": "quay.jpg",
    }


@pytest.mark.parametrize(
    ("text", "settings", "why"),
    [
        (
            article("Only one").replace("## Only one\n\n", ""),
            "# none",
            r"less than three minutes, and this takes \d:\d\d; .*`chapters:` into the front matter",
        ),
        (article("One", "Two", front=f"{FRONT}chapters: []\n"), "# none", r"asks for none \(`chapters: \[\]`\)"),
        (article("").replace("## \n\n", ""), "propose = false", r"`\[chapters\] propose = false`"),
    ],
)
def test_where_there_are_none_the_reason_is_told(show: Path, text: str, settings: str, why: str) -> None:
    toml = (show / "show.toml").read_text(encoding="utf-8")
    (show / "show.toml").write_text(toml.replace("# propose = true", settings), encoding="utf-8")
    arguments = ["chapters", str(show / write(show, text)), "--show", str(show)]
    told = CliRunner(mix_stderr=False).invoke(cli, arguments)
    assert (told.exit_code, told.stdout) == (0, "")
    assert re.fullmatch(rf"no chapters: .*{why}.*\n", told.stderr)
    as_json = CliRunner(mix_stderr=False).invoke(cli, [*arguments, "--json"])
    assert as_json.exit_code == 0
    assert json.loads(as_json.stdout) == {"chapters": [], "is_exact": False}


def test_a_language_model_is_not_asked(show: Path) -> None:
    source = show / "seeds" / SEEDS[0]
    before = printed(source, show=show)
    toml = (show / "show.toml").read_text(encoding="utf-8")
    model = '[language_model]\nurl = "http://127.0.0.1:9/v1"\nmodel = "none"\n'
    (show / "show.toml").write_text(re.sub(r"\[language_model\].*", model, toml), encoding="utf-8")
    assert printed(source, show=show) == before
    done = CliRunner(mix_stderr=False).invoke(cli, ["chapters", str(source), "--show", str(show)])
    assert "warning" not in done.stderr


def test_an_article_with_toml_above_it_gets_toml(show: Path) -> None:
    front = 'title = "The ferries of Ostrava"\nauthor = "Ines Calder"\ndate = 2026-04-01\n'
    body = article("The first: quay", 'The "second" quay').split("---\n", 2)[2]
    source = show / write(show, f"+++\n{front}+++\n{body}")
    lines, before = printed(source, show=show)
    source.write_text(f"+++\n{front}{lines}+++\n{body}", encoding="utf-8")
    after = printed(source, show=show)[1]
    assert kept(after) == kept(before)
    assert [one["origin"] for one in after] == ["author", "author"]


def test_a_web_page_has_no_place_to_paste_into(show: Path) -> None:
    paragraphs = "".join(f"<h2>Quay {number}</h2><p>{' '.join(SENTENCES)}</p>" for number in range(3))
    page = show / "seeds" / "ferry.html"
    page.write_text(f"<html><body><article><h1>Ferries</h1>{paragraphs}</article></body></html>", encoding="utf-8")
    asked = ["chapters", str(page), "--show", str(show), "--published", "2026-04-01", "--author", "Ines Calder"]
    told = CliRunner(mix_stderr=False).invoke(cli, asked)
    assert told.exit_code == 0, told.output
    assert "audio-edition import it" in told.stderr


def test_a_proposal_does_not_mind_a_chapter_without_a_place(show: Path) -> None:
    source = show / "seeds" / SEEDS[0]
    proposed = printed(source, "--propose", show=show)[1]
    paste(source, 'chapters:\n  - at: "Nothing begins like this"\n    title: Lost\n')
    assert CliRunner(mix_stderr=False).invoke(cli, ["chapters", str(source), "--show", str(show)]).exit_code == 1
    assert printed(source, "--propose", show=show)[1] == proposed


def test_a_place_that_is_not_in_the_article_is_one_line_with_its_file(show: Path) -> None:
    source = write(show, article("A", "B", front=f"{FRONT}chapters:\n  - at: nowhere at all\n    title: Gone\n"))
    stderr = audio_edition("chapters", source, cwd=show, status=1).stderr
    assert re.match(r"error: seeds/ferry\.md, line \d+: .*nowhere at all", stderr)
    assert stderr.count("\n") == 1


def test_a_source_that_is_not_there_is_told(show: Path) -> None:
    assert "seeds/none.md" in audio_edition("chapters", "seeds/none.md", cwd=show, status=1).stderr
