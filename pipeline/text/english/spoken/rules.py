"""The table of spoken forms in the order in which the rules are tried: the narrow before the wide.

An address is read before its dots, a date before its year, money before its number, a designation before its
digits, and the last rules take what is left, so that no digit reaches a voice.
"""

from pipeline.text.edits import Rule
from pipeline.text.english.locale import Locale
from pipeline.text.english.spoken.dates import DATE_RULES, YEAR_RULES
from pipeline.text.english.spoken.designations import DESIGNATION_RULES
from pipeline.text.english.spoken.electronic import ELECTRONIC_RULES
from pipeline.text.english.spoken.figures import FIGURE_RULES, LAST_FIGURE_RULES, TIME_RULES
from pipeline.text.english.spoken.letters import DOTTED_RULES, LETTER_RULES
from pipeline.text.english.spoken.money import MONEY_RULES
from pipeline.text.english.spoken.quantities import QUANTITY_RULES
from pipeline.text.english.spoken.roman import ROMAN_RULES
from pipeline.text.english.spoken.separators import SEPARATOR_RULES
from pipeline.text.english.spoken.symbols import SYMBOL_RULES
from pipeline.text.english.spoken.titles import TITLE_RULES

RULES: tuple[Rule[Locale], ...] = (
    *ELECTRONIC_RULES,
    *SEPARATOR_RULES,
    *TIME_RULES,
    *DATE_RULES,
    *MONEY_RULES,
    *QUANTITY_RULES,
    *TITLE_RULES,
    *DOTTED_RULES,
    *YEAR_RULES,
    *FIGURE_RULES,
    *DESIGNATION_RULES,
    *ROMAN_RULES,
    *LETTER_RULES,
    *LAST_FIGURE_RULES,
    *SYMBOL_RULES,
)
