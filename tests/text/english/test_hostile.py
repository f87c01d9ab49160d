"""Text that nobody wrote to be read: the whole stage on it, without a traceback and without costs that explode.

No time is promised here. What costs the square of its length takes minutes at these lengths, and the limit is there
to end such a test and not to measure anything.
"""

import time

import msgspec
import pytest

from pipeline.errors import ScriptError
from pipeline.galley import galley
from pipeline.model import Article, Block, BlockKind, Fate, FateKind, Lexicon, LexiconEntry, Span
from pipeline.proof import prove
from pipeline.scripting import write_script
from pipeline.text.english import ENGLISH
from tests.samples import SHOW
from tests.test_scripting import ARTICLE

_LIMIT_CPU_S = 60
LEXICON = Lexicon(entries=(LexiconEntry(grapheme="Kassar", say="Kah-SAR"),))
MEGABYTE = 1_000_000

TEXTS = {
    "a line of a megabyte": "The council waited for the survey of the harbour and " * (MEGABYTE // 53),
    "a word of a megabyte": "a" * MEGABYTE,
    "sentences without blanks": "It rained." * 20_000,
    "100,000 digits": "1" * 100_000,
    "100,000 digits with commas": "1," * 50_000,
    "10,000 nested brackets": "(" * 10_000 + "a" + ")" * 10_000,
    "10,000 square brackets": "[" * 10_000 + "a" + "]" * 10_000,
    "quotation marks": "“" * 50_000 + "a",
    "straight marks": "\"'" * 50_000 + "a",
    "capitals": "ABCDE " * 20_000,
    "initials": "A. " * 30_000,
    "dots": "a" + "." * 100_000,
    "dashes": "a" + "—" * 100_000,
    "addresses": "a.b@c.com/" * 10_000,
    "currencies": "$€£" * 30_000 + "1",
    "emoji": "🎉" * 50_000 + "a",
    "surrogates": "\ud800a " * 20_000,
    "controls": "\x00\x1b\u200b\u202ea " * 20_000,
    "combining marks": "a" + "\u0301" * 100_000,
    "every alphabet": "".join(map(chr, range(0x20, 0x3000))) * 8,
}


def article_of(text: str) -> Article:
    made = Block(
        kind=BlockKind.PARAGRAPH,
        text=text,
        span=Span(0, len(text)),
        fate=Fate(kind=FateKind.SPOKEN, reason="as the test wants it"),
    )
    return msgspec.structs.replace(ARTICLE, blocks=(made,))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_whole_stage(text):
    article = article_of(text)
    started = time.process_time()
    script = write_script(article, SHOW, LEXICON)
    prove(article, script)
    assert galley(article, script, review=None)
    ENGLISH.copy_queries(article)
    ENGLISH.suspects(script, LEXICON, dictionary={})
    assert time.process_time() - started < _LIMIT_CPU_S


@pytest.mark.parametrize("text", ["…!?" * 30_000, "* * *", "\ud800\udfff", "—" * 1000, "🎉"])
def test_what_nobody_can_say_is_refused_in_one_line(text):
    with pytest.raises(ScriptError, match="no body to say") as caught:
        write_script(article_of(text), SHOW, LEXICON)
    assert "\n" not in str(caught.value)
