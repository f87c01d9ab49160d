"""Posts -> files in seeds/: what comes in, what stays out, and that nobody's work is written over."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pipeline.errors import SourceError
from pipeline.importing import Imported, Outcome, Wish, import_posts
from pipeline.progress import Silence
from pipeline.sources.draft import Draft, Post, PostKind, Removal
from pipeline.sources.frontmatter import FrontMatter


def post(number: int, *, title: str = "", body: str = "The ferry waited.", **changes: object) -> Post:
    title = title or f"Letter {number}"
    front = FrontMatter(title=title, author="Ines Calder", published=f"2026-03-{number:02}T06:00:00+00:00")
    made = Post(
        id=f"feed:{number}",
        title=title,
        date=front.published,
        kind=PostKind.ARTICLE,
        draft=Draft(front=front, markdown=body),
    )
    return msgspec.structs.replace(made, **changes)


def run(posts: list[Post], seeds: Path, **wish: object) -> list[Imported]:
    return list(import_posts(posts, seeds, wish=Wish(**wish), progress=Silence()))


def outcomes(rows: list[Imported]) -> list[Outcome]:
    return [row.outcome for row in rows]


def test_each_article_becomes_a_file_and_the_rest_is_named(tmp_path: Path) -> None:
    rows = run(
        [
            post(1),
            post(2, kind=PostKind.DRAFT, why="a draft, not published"),
            post(3, kind=PostKind.EMPTY, draft=None, why="holds no text"),
            post(4, draft=None, why="its date is no date; mend it at the source", is_broken=True),
            post(5),
        ],
        tmp_path / "seeds",
    )
    assert outcomes(rows) == [
        Outcome.IMPORTED,
        Outcome.LEFT_OUT,
        Outcome.LEFT_OUT,
        Outcome.BROKEN,
        Outcome.IMPORTED,
    ]
    assert [row.why for row in rows][1:4] == [
        "a draft, not published",
        "holds no text",
        "its date is no date; mend it at the source",
    ]
    assert sorted(path.name for path in (tmp_path / "seeds").iterdir()) == ["letter-1.md", "letter-5.md"]
    assert (tmp_path / "seeds" / "letter-1.md").read_text(encoding="utf-8").endswith("---\n\nThe ferry waited.\n")


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    run([post(1), post(2)], tmp_path)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert outcomes(run([post(1), post(2)], tmp_path)) == [Outcome.UNCHANGED] * 2
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_a_change_at_the_source_comes_in_where_nobody_touched_the_file(tmp_path: Path) -> None:
    run([post(1)], tmp_path)
    assert outcomes(run([post(1, body="The ferry left.")], tmp_path)) == [Outcome.UPDATED]
    assert "The ferry left." in (tmp_path / "letter-1.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "outcome"), [("The ferry waited.", Outcome.KEPT), ("The ferry left.", Outcome.CONFLICT)]
)
def test_what_a_person_edited_is_kept_and_reported(tmp_path: Path, body: str, outcome: Outcome) -> None:
    run([post(1)], tmp_path)
    path = tmp_path / "letter-1.md"
    edited = path.read_text(encoding="utf-8").replace("The ferry", "The old ferry")
    path.write_text(edited, encoding="utf-8")
    (row,) = run([post(1, body=body)], tmp_path)
    assert (row.outcome, row.path) == (outcome, path)
    assert "edited" in row.why
    assert "conflict" in f"{row.outcome.value} {row.why}"
    assert path.read_text(encoding="utf-8") == edited


def test_another_article_under_the_same_name_never_takes_the_place_of_the_first(tmp_path: Path) -> None:
    run([post(1)], tmp_path)
    before = (tmp_path / "letter-1.md").read_bytes()
    (row,) = run([post(2, title="Second thoughts", id="feed:1")], tmp_path)
    assert row.outcome is Outcome.CONFLICT
    assert "another article" in row.why
    assert (tmp_path / "letter-1.md").read_bytes() == before


@pytest.mark.parametrize("changes", [{"title": "Letter one"}, {"body": "The ferry left."}])
def test_a_new_title_or_text_alone_is_a_correction(tmp_path: Path, changes: dict[str, str]) -> None:
    run([post(1)], tmp_path)
    assert outcomes(run([post(1, **changes)], tmp_path)) == [Outcome.UPDATED]


def test_what_an_episode_will_need_and_the_source_does_not_say_is_named(tmp_path: Path) -> None:
    bare = Draft(front=FrontMatter(title="Letter 1"), markdown="One.")
    assert run([post(1, draft=bare)], tmp_path)[0].missing == ("author", "date")
    assert run([post(2)], tmp_path)[0].missing == ()


def test_a_file_under_another_name_is_still_known(tmp_path: Path) -> None:
    run([post(1)], tmp_path)
    (tmp_path / "letter-1.md").rename(tmp_path / "the-ferry.md")
    (row,) = run([post(1, body="The ferry left.")], tmp_path)
    assert (row.outcome, row.path) == (Outcome.UPDATED, tmp_path / "the-ferry.md")
    assert [path.name for path in tmp_path.iterdir()] == ["the-ferry.md"]


def test_a_file_of_ones_own_is_never_taken_for_an_imported_one(tmp_path: Path) -> None:
    (tmp_path / "letter-1.txt").write_text("My own letter.", encoding="utf-8")
    (row,) = run([post(1)], tmp_path)
    assert (row.outcome, row.path) == (Outcome.CONFLICT, tmp_path / "letter-1.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["letter-1.txt"]


def test_two_posts_of_one_name_get_two_files_and_keep_them(tmp_path: Path) -> None:
    twins = [post(1, title="The week"), post(2, title="The week")]
    first = run(twins, tmp_path)
    assert [row.path.name for row in first if row.path] == ["the-week.md", "the-week-2.md"]
    again = run(list(reversed(twins)), tmp_path)
    assert outcomes(again) == [Outcome.UNCHANGED] * 2
    assert [row.path.name for row in again if row.path] == ["the-week-2.md", "the-week.md"]


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    twins = [post(1, title="The week"), post(2, title="The week")]
    rows = run(twins, tmp_path / "seeds", is_dry_run=True)
    assert [(row.outcome, row.path.name) for row in rows if row.path] == [
        (Outcome.IMPORTED, "the-week.md"),
        (Outcome.IMPORTED, "the-week-2.md"),
    ]
    assert not (tmp_path / "seeds").exists()


@pytest.mark.parametrize(
    ("only", "titles"),
    [
        (("ferry",), ["The ferry waits"]),
        (("letter*",), ["Letter 2", "Letter 3"]),
        (("FEED:3", "ferry"), ["The ferry waits", "Letter 3"]),
    ],
)
def test_only_what_was_asked_for(tmp_path: Path, only: tuple[str, ...], titles: list[str]) -> None:
    rows = run([post(1, title="The ferry waits"), post(2), post(3)], tmp_path, only=only)
    assert [row.title for row in rows if row.outcome is Outcome.IMPORTED] == titles
    assert all("--only" in row.why for row in rows if row.outcome is Outcome.LEFT_OUT)


def test_only_since_a_day(tmp_path: Path) -> None:
    undated = post(9, title="Undated", date="")
    rows = run([post(1), post(2), post(3), undated], tmp_path, since="2026-03-02")
    assert outcomes(rows) == [Outcome.LEFT_OUT, Outcome.IMPORTED, Outcome.IMPORTED, Outcome.LEFT_OUT]
    assert "older than 2026-03-02" in rows[0].why
    assert "no date" in rows[3].why


def test_other_kinds_come_in_when_asked_for(tmp_path: Path) -> None:
    paid = post(1, kind=PostKind.PAID, why="for paying subscribers")
    assert outcomes(run([paid], tmp_path)) == [Outcome.LEFT_OUT]
    wanted = run([paid], tmp_path, kinds=frozenset({PostKind.ARTICLE, PostKind.PAID}))
    assert outcomes(wanted) == [Outcome.IMPORTED]


def test_what_came_before_a_break_stays(tmp_path: Path) -> None:
    def broken() -> Iterator[Post]:
        yield post(1)
        raise SourceError("ends in the middle", cure="export it again")

    rows = []
    with pytest.raises(SourceError, match="ends in the middle"):
        rows.extend(import_posts(broken(), tmp_path, wish=Wish(), progress=Silence()))
    assert (tmp_path / "letter-1.md").is_file()


def test_what_was_taken_out_is_in_the_report(tmp_path: Path) -> None:
    removal = Removal(text="Subscribe now", reason="a button of the web page, not part of the text")
    draft = Draft(front=FrontMatter(title="Letter 1"), markdown="One.", removals=(removal,))
    assert run([post(1, draft=draft)], tmp_path)[0].removals == (removal,)
    # And again, for whoever did not look the first time.
    (again,) = run([post(1, draft=draft)], tmp_path)
    assert (again.outcome, again.removals) == (Outcome.UNCHANGED, (removal,))
