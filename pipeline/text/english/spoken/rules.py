"""The table of spoken forms in the order in which the rules are tried: the narrow before the wide.

An address is read before its dots, a date before its year, money before its number, a designation before its
digits, and the last rules take what is left, so that no digit reaches a voice.
"""

from pipeline.text.edits import Rule, Table
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.brackets import BRACKET_RULES
from pipeline.text.english.spoken.dates import DATE_RULES
from pipeline.text.english.spoken.designations import DESIGNATION_RULES, EARLY_DESIGNATION_RULES
from pipeline.text.english.spoken.electronic import ELECTRONIC_RULES
from pipeline.text.english.spoken.figures import FIGURE_RULES, LAST_FIGURE_RULES, TIME_RULES
from pipeline.text.english.spoken.footnotes import FOOTNOTE_RULES
from pipeline.text.english.spoken.letters import DOTTED_RULES, LETTER_RULES, PARTY_RULES
from pipeline.text.english.spoken.money import MONEY_RULES
from pipeline.text.english.spoken.quantities import QUANTITY_RULES
from pipeline.text.english.spoken.remains import REMAINS_RULES
from pipeline.text.english.spoken.roman import ROMAN_PART_RULES, ROMAN_RULES
from pipeline.text.english.spoken.separators import SEPARATOR_RULES
from pipeline.text.english.spoken.shortened import SHORTENED_RULES
from pipeline.text.english.spoken.symbols import SYMBOL_RULES
from pipeline.text.english.spoken.titles import TITLE_RULES
from pipeline.text.english.spoken.years import YEAR_RULES

RULES: tuple[Rule[Locale], ...] = (
    *FOOTNOTE_RULES,
    *ELECTRONIC_RULES,
    *PARTY_RULES,
    *EARLY_DESIGNATION_RULES,
    *SEPARATOR_RULES,
    *TIME_RULES,
    *DATE_RULES,
    *MONEY_RULES,
    *QUANTITY_RULES,
    *TITLE_RULES,
    *SHORTENED_RULES,
    *ROMAN_PART_RULES,
    *DOTTED_RULES,
    *YEAR_RULES,
    *FIGURE_RULES,
    *DESIGNATION_RULES,
    *ROMAN_RULES,
    *LETTER_RULES,
    *LAST_FIGURE_RULES,
    *BRACKET_RULES,
    *SYMBOL_RULES,
)

TABLE = Table(RULES)
#: For what is left when all of them have had their turn.
REMAINS = Table(REMAINS_RULES)
