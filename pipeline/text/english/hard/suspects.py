"""Which words of a Script are worth asking the voice about: those that no dictionary knows, and known names.

What a rule of the spoken forms says otherwise is no suspect, and what the lexicon says is none once it is reviewed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from pipeline.model import Lexicon, Role, Script, Utterance
from pipeline.patterns import regex
from pipeline.text.english.hard.knowing import is_known, without_accents
from pipeline.text.english.spoken.acronyms import SAID_AS_WORDS
from pipeline.text.lexicon import lexicon_edits
from pipeline.text.pack import Suspect

UNKNOWN = "in no dictionary"
FOREIGN = "foreign letters"
PROPOSED = "its entry in lexicon.toml is only proposed"
#: In the dictionary: only how the voice says it can make it hard.
KNOWN = ""

#: Of a template only these hold words of the article's own.
_TITLE_ROLES = {Role.SHOW, Role.TITLE, Role.SUBTITLE, Role.BYLINE}
_HEADLINES = {Role.SHOW, Role.TITLE, Role.SUBTITLE, Role.HEADING}

#: A word; "vis-à-vis" is one, since no part of it is.
_WORD = regex(r"[^\W\d_]+-[^\W\d_a-zA-Z]-[^\W\d_]+|[^\W\d_]+(?:['’][^\W\d_]+)*")
#: Before a word whose capital proves nothing: the start of a sentence, of a clause or of what is quoted or bracketed.
_OPENING = frozenset(".!?:;…“”\"‘'«([—–•·*")
_POSSESSIVE = regex(r"(?<=[^\W\d_])['’]s?$")


class _Word(Struct, frozen=True, kw_only=True):
    """One word of the text, without a possessive; ``is_name`` says that its capital proves it a name."""

    text: str
    sentence: str
    is_name: bool
    is_proposed: bool = False


class _Gathered(Struct, kw_only=True):
    """The words that are one name, while they are being gathered."""

    forms: dict[str, int]
    sentence: str
    is_name: bool = False
    is_proposed: bool = False


def find_suspects(
    script: Script, lexicon: Lexicon, *, dictionary: Mapping[str, tuple[str, ...]]
) -> tuple[Suspect, ...]:
    """See LanguagePack.suspects; in the order of the text, one a name."""
    gathered = _gathered(_words(script, lexicon))
    whys = {key: _why(key, one, dictionary=dictionary) for key, one in gathered.items()}
    # A plural goes with its singular where both are suspects for the same reason.
    plurals = {
        key for key, why in whys.items() if key[-1] == "s" and why in (UNKNOWN, KNOWN) and whys.get(key[:-1]) == why
    }
    return tuple(
        _suspect(one, why, plural=gathered[f"{key}s"] if f"{key}s" in plurals else None)
        for key, one in gathered.items()
        if (why := whys[key]) is not None and key not in plurals
    )


def _gathered(words: Iterable[_Word]) -> dict[str, _Gathered]:
    gathered: dict[str, _Gathered] = {}
    for word in words:
        one = gathered.setdefault(word.text.casefold(), _Gathered(forms={}, sentence=word.sentence))
        one.forms[word.text] = one.forms.get(word.text, 0) + 1
        one.is_name |= word.is_name
        one.is_proposed |= word.is_proposed
    return gathered


def _suspect(one: _Gathered, why: str, *, plural: _Gathered | None) -> Suspect:
    forms = [one, plural] if plural else [one]
    return Suspect(
        name=_name(one),
        why=why,
        sentence=one.sentence,
        count=sum(sum(form.forms.values()) for form in forms),
        plural=_name(plural) if plural else "",
    )


def _name(one: _Gathered) -> str:
    """The form to list: small letters where the text has them, else the most frequent one not shouted."""
    return min(one.forms, key=lambda form: (not form.islower(), form.isupper(), -one.forms[form]))


def _why(key: str, one: _Gathered, *, dictionary: Mapping[str, tuple[str, ...]]) -> str | None:
    """Why it is a suspect, KNOWN where that is for the voice to say, None where it is none."""
    if one.is_proposed:
        return PROPOSED
    word = key.replace("’", "'")
    is_small = any(map(str.islower, one.forms))
    if not word.isascii():
        return _why_foreign(word, dictionary, is_name=one.is_name)
    if word in dictionary:
        # What the text has in small letters too is no name: "Frontier".
        return KNOWN if one.is_name and not is_small else None
    is_ordinary = is_known(word, dictionary, is_name=one.is_name, may_be_compound=is_small)
    return None if is_ordinary else UNKNOWN


def _why_foreign(word: str, dictionary: Mapping[str, tuple[str, ...]], *, is_name: bool) -> str | None:
    """A loan word that English has taken in ("café") is known without its accents; a name is another with them."""
    plain = without_accents(word)
    if not is_name and plain in dictionary:
        return KNOWN
    if not is_name and is_known(plain, dictionary, is_name=False):
        return None
    letters = dict.fromkeys(letter for letter in word if not letter.isascii() and letter != "’")
    return f"{FOREIGN} ({', '.join(letters)})"


def _words(script: Script, lexicon: Lexicon) -> Iterator[_Word]:
    reviewed = Lexicon(entries=tuple(entry for entry in lexicon.entries if entry.status == "reviewed"))
    proposed = Lexicon(entries=tuple(entry for entry in lexicon.entries if entry.status != "reviewed"))
    for utterance in script.utterances:
        if utterance.block is None and utterance.role not in _TITLE_ROLES:
            continue
        text = utterance.display
        house = set(_spans(text, lexicon, language=script.language))
        settled = set(_spans(text, reviewed, language=script.language))
        pending = sorted(house.intersection(_spans(text, proposed, language=script.language)) - settled)
        words = dict(_unsaid_words(utterance, taken=house))
        for start, end in pending:
            words[start] = _Word(text=text[start:end], sentence=text, is_name=True, is_proposed=True)
        yield from (words[start] for start in sorted(words))


def _spans(text: str, lexicon: Lexicon, *, language: str) -> Iterator[tuple[int, int]]:
    edits = lexicon_edits(text, lexicon, language=language, say_capitals=lambda capitals: capitals.written)
    return ((edit.start, edit.end) for edit in edits)


def _unsaid_words(utterance: Utterance, *, taken: set[tuple[int, int]]) -> Iterator[tuple[int, _Word]]:
    """The words that neither the lexicon nor a rule says otherwise, each with its place."""
    text = utterance.display
    said = bytearray(len(text))
    for start, end in (*taken, *((form.start, form.end) for form in utterance.forms)):
        said[start:end] = b"\1" * (end - start)
    for found in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", found[0])
        if len(word) == 1 or word in SAID_AS_WORDS or said.find(1, found.start(), found.start() + len(word)) >= 0:
            continue
        yield found.start(), _Word(text=word, sentence=text, is_name=_is_proven(utterance, found))


def _is_proven(utterance: Utterance, found: re.Match[str]) -> bool:
    """Whether its capital says that it is a name: not where every word, or any first word, has one."""
    if utterance.role in _HEADLINES or not found[0][0].isupper() or found[0].isupper():
        return False
    before = utterance.display[: found.start()].rstrip()
    return bool(before) and before[-1] not in _OPENING
