"""Floor 3, sources: the worker of the reading room, `python -m pipeline.sources.room.worker`: asked on stdin.

It lays its limits on itself before it reads anything. What is too much for it kills it, and the host starts another.
"""

import os
import traceback
from collections.abc import Callable, Iterator
from typing import IO

from msgspec.structs import replace

from pipeline.errors import ConfigError, SourceError
from pipeline.frames import read_frame, write_frame
from pipeline.model import Article
from pipeline.sources.draft import Post, Source
from pipeline.sources.formats import read_posts
from pipeline.sources.given import Given
from pipeline.sources.reading import read_article
from pipeline.sources.room.limits import keep_within_limits, patience
from pipeline.sources.room.protocol import (
    MEMORY_STATUS,
    MOST_FRAME_BYTES,
    Answer,
    Ask,
    Beaten,
    Failed,
    NextPost,
    NoMore,
    OnePost,
    ReadArticle,
    Refused,
    WholeArticle,
    decode_ask,
    encode,
    whole_characters,
)

#: Characters of what is wrong, and of its cure.
LONGEST_LINE = 1000

PostsReader = Callable[[Source, int], Iterator[Post]]
ArticleReader = Callable[[Source, Given], Article]


def main() -> None:
    """Answer with the readers of all formats until stdin ends."""
    serve(read_posts, read_article)


def serve(posts: PostsReader, article: ArticleReader) -> None:
    """Answer with these two readers until stdin ends. Ends the process with MEMORY_STATUS if memory runs out."""
    requests, answers = _pipes_of_our_own()
    keep_within_limits()
    desk = _Desk(posts, article)
    try:
        while (frame := read_frame(requests)) is not None:
            write_frame(answers, desk.answer(decode_ask(frame)))
    except MemoryError:
        os._exit(MEMORY_STATUS)  # at once: whatever else would be done needs memory
    except BrokenPipeError:
        os._exit(0)  # the host is gone


def _pipes_of_our_own() -> tuple[IO[bytes], IO[bytes]]:
    """stdin and stdout, which nobody else has from now on: what a library prints goes to stderr, what it asks is ""."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return requests, answers


class _Desk:
    """The readers, and the visits that are under way."""

    def __init__(self, posts: PostsReader, article: ArticleReader) -> None:
        self._posts = posts
        self._article = article
        self._visits: dict[int, Iterator[Post]] = {}

    def answer(self, ask: Ask) -> bytes:
        """The encoded answer."""
        for visit in ask.left:
            self._visits.pop(visit, None)
        with patience(ask.patience_s):
            return _encoded(self._answered(ask.request))

    def _answered(self, request: NextPost | ReadArticle) -> Answer:
        try:
            if isinstance(request, ReadArticle):
                return WholeArticle(self._article(request.source, request.given))
            return self._next(request)
        except (SourceError, ConfigError) as error:
            return _refusal(error)
        except RecursionError:
            return Beaten("is nested too deeply to be read")
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - the outermost frame of a process; the host raises it again
            return Failed(traceback.format_exc())

    def _next(self, request: NextPost) -> OnePost | NoMore:
        # Taken out first: a visit in which anything goes wrong is over, and the next request opens it again.
        posts = self._visits.pop(request.visit, None) or self._posts(request.source, request.number)
        post = next(posts, None)
        if post is None:
            return NoMore()
        self._visits[request.visit] = posts
        return OnePost(replace(post, why=_one_line(post.why)))


def _refusal(error: SourceError | ConfigError) -> Refused:
    return Refused(
        is_config=isinstance(error, ConfigError),
        what=_one_line(error.what),
        cure=_one_line(error.cure),
        path=error.path,
        line=error.line,
    )


def _one_line(text: str) -> str:
    # What an error quotes is the source's, and may be as long as that.
    line = " ".join(whole_characters(text).split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 5] + " ..."


def _encoded(answer: Answer) -> bytes:
    try:
        payload = encode(answer)
    except UnicodeEncodeError:
        return encode(Beaten("holds halves of characters (lone surrogates), which are no text"))
    if len(payload) > MOST_FRAME_BYTES:
        most = f"{MOST_FRAME_BYTES // 1_000_000} MB"
        return encode(Beaten(f"becomes {len(payload) / 1e6:,.0f} MB when it is read, and {most} is the most"))
    return payload


if __name__ == "__main__":
    main()
