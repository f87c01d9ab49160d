"""Entries of every shape that lexicon.toml can hold."""

from hypothesis import strategies as st

from pipeline.model import LexiconEntry

#: What XML and UTF-8 can both carry.
_letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_words = st.text(_letters, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(str.strip)
_texts = st.one_of(st.just(""), _words)
_notes = st.one_of(
    _texts, st.sampled_from(['say "it"', "back\\slash", "two\nlines", "# no comment", "tab\there", "]]>&<"])
)


@st.composite
def entries(draw):
    """One entry, its blanks single."""
    say, ipa = draw(_texts), draw(_texts.filter(lambda text: text[:1] not in "/["))
    read_as = draw(st.sampled_from(["word", "letters"] if not (say or ipa) else ["", "word", "letters"]))
    return LexiconEntry(
        grapheme=draw(_words),
        say=say,
        ipa=ipa,
        read_as=read_as,
        case=draw(st.booleans()),
        language=draw(st.sampled_from(["", "en", "en-GB"])),
        status=draw(st.sampled_from(["proposed", "reviewed"])),
        by=draw(_notes),
        source=draw(_notes),
        note=draw(_notes),
    )


def lexicons(**limits):
    """Entries without two of one name."""
    return st.lists(entries(), unique_by=lambda entry: (entry.grapheme, entry.language.lower()), **limits)
