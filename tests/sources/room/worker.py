"""A reading room whose readers do what the file tells them, one line a Post: good ones, and all that can go wrong."""

import ctypes
import gc
import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import ConfigError, SourceError
from pipeline.model import Article
from pipeline.sources.draft import Draft, Post, PostKind, Source
from pipeline.sources.frontmatter import FrontMatter
from pipeline.sources.given import Given
from pipeline.sources.room.worker import serve

KEPT: list[bytearray] = []
VISITS: set[int] = set()


def main() -> None:
    """Serve the two readers of this file."""
    serve(posts, article)


def posts(source: Source, start: int) -> Iterator[Post]:
    """One Post a line of the file; its text is what the line's deed has to say."""
    visit = max(VISITS, default=0) + 1
    VISITS.add(visit)
    try:
        for number, line in enumerate(source.path.read_text(encoding="utf-8").split("\n")):
            if number >= start:
                yield Post(id=str(number), title=line, date="", kind=PostKind.ARTICLE, draft=draft(do(line)))
    finally:
        VISITS.remove(visit)


def article(source: Source, given: Given) -> Article:
    """An Article whose title is what the deed of the file's one line has to say."""
    return Article(
        slug="quiet-straits",
        title=do(source.path.read_text(encoding="utf-8")),
        subtitle="",
        author=given.default_author,
        published=datetime(2026, 3, 1, 6, tzinfo=UTC),
        language="en-GB",
        source_url="",
        summary="",
        tags=("straits",),
        blocks=(),
    )


def draft(text: str) -> Draft:
    return Draft(front=FrontMatter(title="Quiet straits", tags=("straits",)), markdown=text)


def do(line: str) -> str:
    name, _, argument = line.partition(" ")
    return DEEDS[name](argument)


def compute(_: str) -> str:
    while True:
        hash("quiet")


def sleep(seconds: str) -> str:
    time.sleep(float(seconds))
    return "slept"


def take(megabytes: str) -> str:
    return str(len(bytearray(int(megabytes) * 1_000_000)))


def take_in_small_pieces(_: str) -> str:
    return str(len([str(number) for number in range(100_000_000)]))


def keep(megabytes: str) -> str:
    KEPT.append(bytearray(int(megabytes) * 1_000_000))
    return "kept"


def crash(_: str) -> str:
    return str(ctypes.string_at(0))


def kill(name: str) -> str:
    os.kill(os.getpid(), signal.Signals[name])
    return "survived"


def deepen(_: str) -> str:
    return deepen(_) + "."


def refuse(_: str) -> str:
    raise SourceError("has no title", cure="write one", path=Path("straits.md"), line=7)


def refuse_setting(_: str) -> str:
    raise ConfigError("--published is no date", cure="write YYYY-MM-DD")


def refuse_at_length(_: str) -> str:
    raise SourceError("opens with\n" + "`" * 1_000_000, cure="close\tit", path=Path("straits.md"))


def stumble(_: str) -> str:
    return str({}["no such key"])


def swell(megabytes: str) -> str:
    return "x" * int(megabytes) * 1_000_000


def connect(port: str) -> str:
    socket.create_connection(("127.0.0.1", int(port)), timeout=5).close()
    return "connected"


def write(path: str) -> str:
    Path(path).write_text("written", encoding="utf-8")
    return "written"


def run(_: str) -> str:
    return str(subprocess.run(["true"], check=True))


def chatter(_: str) -> str:
    print("words that no frame has")  # noqa: T201 - what a library might do
    return "said"


def limits(_: str) -> str:
    names = ("DATA", "NOFILE", "FSIZE", "CORE")
    return " ".join(str(resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]) for name in names)


def visits(_: str) -> str:
    gc.collect()
    return str(len(VISITS))


DEEDS: dict[str, Callable[[str], str]] = {
    "good": lambda _: "good",
    "pid": lambda _: str(os.getpid()),
    "compute": compute,
    "sleep": sleep,
    "take": take,
    "take-in-small-pieces": take_in_small_pieces,
    "keep": keep,
    "crash": crash,
    "kill": kill,
    "deepen": deepen,
    "refuse": refuse,
    "refuse-setting": refuse_setting,
    "refuse-at-length": refuse_at_length,
    "stumble": stumble,
    "halve": lambda _: "\ud83d",
    "swell": swell,
    "connect": connect,
    "write": write,
    "run": run,
    "chatter": chatter,
    "limits": limits,
    "visits": visits,
}

if __name__ == "__main__":
    main()
