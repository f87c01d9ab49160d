"""`audio-edition import` as a person meets it: a folder, a page, an export; table, JSON, exit status."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.commands import audio_edition, show_in, tree

PAGE = """\
<!doctype html>
<html lang="en-GB"><head><title>The ferry that waited | The Harbour Review</title>
<meta property="og:title" content="The ferry that waited"><meta name="author" content="Ines Calder">
<meta property="article:published_time" content="2026-03-01T06:00:00Z">
<link rel="canonical" href="https://harbour-review.example/ferry"></head>
<body><nav><a href="/">Home</a><a href="/about">About us</a></nav><article><h1>The ferry that waited</h1>
<p>The ferry waited in Salka for three days, and nobody on the quay could say for whom it waited.</p>
<h2>The harbour master</h2>
<p>He kept a book of every ship that came and of every ship that did not, and the second was the longer one.</p>
<p>On the fourth day a launch came out with an order that nobody had signed, and the ferry left without lights.</p>
</article><footer>Privacy policy</footer></body></html>
"""
LETTER = "---\ntitle: Letter {0}\ndate: 2026-03-0{0}\nauthor: Ines Calder\n---\n\nThe ferry waited in Salka.\n"


@pytest.fixture
def show(tmp_path: Path) -> Path:
    return show_in(tmp_path / "show")


def letters(folder: Path) -> Path:
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"letter-{number}.md").write_text(LETTER.format(number), encoding="utf-8")
    (folder / "broken.md").write_text("---\ntitle: never closed\n\nThe ferry.\n", encoding="utf-8")
    return folder


def posts_of(said: str) -> dict[str, str]:
    return {post["title"]: post["outcome"] for post in json.loads(said)["posts"]}


def test_a_folder_comes_in_and_one_bad_file_is_named(show: Path, tmp_path: Path) -> None:
    folder = letters(tmp_path / "letters")
    said = audio_edition("import", folder, "--since", "2026-03-02", cwd=show, status=1)
    assert "broken     " in said.stdout
    assert "never closed" in said.stdout
    assert "4 posts: 1 broken, 1 left out, 2 imported" in said.stdout
    assert sorted(path.name for path in (show / "seeds").iterdir()) == ["letter-2.md", "letter-3.md"]


def test_a_dry_run_writes_nothing(show: Path, tmp_path: Path) -> None:
    before = tree(show)
    said = audio_edition("import", letters(tmp_path / "letters"), "--dry-run", cwd=show, status=1)
    assert "3 imported; nothing written" in said.stdout
    assert tree(show) == before


def test_a_saved_page_becomes_an_episodes_article(show: Path, tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_text(PAGE, encoding="utf-8")
    said = audio_edition("import", tmp_path / "ferry.html", cwd=show)
    assert "Next: audio-edition script seeds/" in said.stdout
    (seed,) = (show / "seeds").iterdir()
    text = seed.read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: The ferry that waited\nauthor: Ines Calder\ndate: 2026-03-01")
    assert "lang: en-GB\nsource: https://harbour-review.example/ferry\n" in text
    assert "\n## The harbour master\n" in text
    script = json.loads(audio_edition("script", seed, "--json", cwd=show).stdout)
    straight = json.loads(audio_edition("script", tmp_path / "ferry.html", "--json", "--show", show, cwd=show).stdout)
    assert script["utterances"] == straight["utterances"]
    assert script["title"] == "The ferry that waited"


def test_an_edited_article_is_kept_and_the_conflict_reported(show: Path, tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_text(PAGE, encoding="utf-8")
    audio_edition("import", tmp_path / "ferry.html", cwd=show)
    (seed,) = (show / "seeds").iterdir()
    assert posts_of(audio_edition("import", tmp_path / "ferry.html", "--json", cwd=show).stdout) == {
        "The ferry that waited": "unchanged"
    }
    edited = seed.read_text(encoding="utf-8").replace("three days", "four days")
    seed.write_text(edited, encoding="utf-8")
    said = audio_edition("import", tmp_path / "ferry.html", cwd=show)
    assert "conflict" in said.stdout
    assert seed.read_text(encoding="utf-8") == edited


@pytest.mark.parametrize(
    ("name", "content", "cure"),
    [
        ("nothing.zip", b"", "; "),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "; "),
        ("cut.zip", b"PK\x03\x04 and no more", "; "),
        ("data.json", b'{"a": 1}', "; "),
    ],
)
def test_what_cannot_be_read_is_one_line_with_the_cure(
    show: Path, tmp_path: Path, name: str, content: bytes, cure: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before = tree(show)
    said = audio_edition("import", tmp_path / name, cwd=show, status=1)
    (line,) = (line for line in said.stderr.splitlines() if line.startswith("error:"))
    assert name in line
    assert cure in line
    assert tree(show) == before


def test_an_address_of_ones_own_network_needs_a_word(show: Path) -> None:
    said = audio_edition("import", "http://127.0.0.1:9/ferry", cwd=show, status=1)
    assert "--allow-private" in said.stderr
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("seeds", "is this show's own folder, or holds it"),
        (".", "is this show's own folder, or holds it"),
        ("..", "is this show's own folder, or holds it"),
        ("harbour-review.example/ferry", "if it is an address, write https://harbour-review.example/ferry"),
        ("ftp://harbour-review.example/ferry", "is no address of the web"),
    ],
)
def test_what_was_not_meant_is_told(show: Path, source: str, says: str) -> None:
    before = tree(show)
    said = audio_edition("import", source, cwd=show, status=1)
    assert says in said.stderr
    assert tree(show) == before


def test_one_file_is_one_article_however_it_is_typed(show: Path, tmp_path: Path) -> None:
    folder = letters(tmp_path / "letters")
    (folder / "broken.md").unlink()
    audio_edition("import", folder / "letter-1.md", cwd=show)
    assert "1 unchanged" in audio_edition("import", "../letters/letter-1.md", cwd=show).stdout
    assert "1 unchanged, 2 imported" in audio_edition("import", "../letters", cwd=show).stdout
    assert len(list((show / "seeds").iterdir())) == 3


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a server that holds one page, /ferry.html, and says when it last changed."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "ferry.html").write_text(PAGE, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/ferry.html"
        server.shutdown()
        thread.join()


def test_an_address_becomes_a_script_an_article_and_an_episode(show: Path, site: str) -> None:
    script = json.loads(audio_edition("script", site, "--allow-private", "--json", cwd=show).stdout)
    assert script["title"] == "The ferry that waited"
    assert list((show / "seeds").iterdir()) == []
    assert "imported" in audio_edition("import", site, "--allow-private", cwd=show).stdout
    assert "1 unchanged" in audio_edition("import", site, "--allow-private", cwd=show).stdout
    made = json.loads(audio_edition("episode", site, "--allow-private", "--json", cwd=show).stdout)["episodes"]
    (seed,) = (show / "seeds").iterdir()
    assert [episode["slug"] for episode in made] == [seed.stem]
    ledger = json.loads((show / "episodes" / seed.stem / "episode.json").read_text(encoding="utf-8"))
    assert ledger["source_path"] == f"seeds/{seed.name}"


ITEM = """<item><title>Letter {0}</title><link>https://harbour-review.example/letter-{0}</link>
<dc:creator>ines</dc:creator><guid isPermaLink="false">https://harbour-review.example/?p={0}</guid>
<content:encoded><![CDATA[{1}]]></content:encoded><wp:post_id>{0}</wp:post_id>
<wp:post_date_gmt>2026-03-02 06:00:00</wp:post_date_gmt><wp:post_name>letter-{0}</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
"""
EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>The Harbour Review</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>ines</wp:author_login><wp:author_display_name>Ines Calder</wp:author_display_name>
</wp:author>
"""
MEASURE = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
raise SystemExit(status)
"""


@pytest.mark.long
def test_an_export_of_two_thousand_posts_comes_in_within_bounds(show: Path, tmp_path: Path) -> None:
    paragraph = "<p>The ferry waited in <em>Salka</em> for three days, and nobody could say for whom. " * 8 + "</p>"
    export = tmp_path / "export.xml"
    with export.open("w", encoding="utf-8") as stream:
        stream.write(EXPORT)
        for number in range(1, 2001):
            # One post in the middle holds a byte that is no text.
            text = "\ufdd0" if number == 1000 else ""
            stream.write(ITEM.format(number, paragraph * 8 + text))
        stream.write("</channel></rss>")
    export.write_bytes(export.read_bytes().replace("\ufdd0".encode(), b"\xff"))
    command = [Path(sys.executable).with_name("audio-edition"), "import", export]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], cwd=show, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 1
    assert "2000 posts: 1999 imported, 1 broken" in done.stdout
    (broken,) = (line for line in done.stdout.splitlines() if line.startswith("broken"))
    assert "Letter 1000" in broken
    assert len(list((show / "seeds").iterdir())) == 1999
    # The posts are 12 MB of text; neither the host nor its worker ever holds more than one of them.
    assert int(done.stdout.split("peak ")[1]) < 120
