"""The face of the English pack: one method a task, one module behind each."""

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.model import Article, CopyQuery, HardName, Lexicon, Script, Span
from pipeline.text.english.clauses import split_long
from pipeline.text.english.hard import find_suspects, judge_suspects
from pipeline.text.english.queries import find_copy_queries
from pipeline.text.english.quotations import find_quotations
from pipeline.text.english.sentences import split_sentences
from pipeline.text.english.spoken import speak
from pipeline.text.english.wording import wording_of, written_date
from pipeline.text.pack import Quotation, Suspect, Wording
from pipeline.text.passes import Spoken


class English:
    """LanguagePack for en-GB, en-US and every other English, which is read as one of the two."""

    primary = "en"

    def sentences(self, text: str) -> tuple[Span, ...]:
        """See LanguagePack."""
        return split_sentences(text)

    def breaths(self, text: str, sentence: Span) -> tuple[Span, ...]:
        """See LanguagePack."""
        return split_long(text, sentence)

    def speak(self, text: str, *, language: str, lexicon: Lexicon) -> Spoken:
        """See LanguagePack. Raises: ScriptError for any language but English."""
        return speak(text, language=language, lexicon=lexicon)

    def wording(self, language: str) -> Wording:
        """See LanguagePack."""
        return wording_of(language)

    def date(self, day: date, *, language: str) -> str:
        """See LanguagePack."""
        return written_date(day, language=language)

    def quotations(self, paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
        """See LanguagePack."""
        return find_quotations(paragraphs)

    def copy_queries(self, article: Article) -> tuple[CopyQuery, ...]:
        """See LanguagePack."""
        return find_copy_queries(article)

    def suspects(
        self, script: Script, lexicon: Lexicon, *, dictionary: Mapping[str, tuple[str, ...]]
    ) -> tuple[Suspect, ...]:
        """See LanguagePack; ``dictionary`` is in ARPAbet, as CMUdict is."""
        return find_suspects(script, lexicon, dictionary=dictionary)

    def hard_names(
        self, suspects: Sequence[Suspect], ipa: Mapping[str, str], *, dictionary: Mapping[str, tuple[str, ...]]
    ) -> tuple[HardName, ...]:
        """See LanguagePack; ``dictionary`` is in ARPAbet, as CMUdict is."""
        return judge_suspects(suspects, ipa, dictionary=dictionary)
