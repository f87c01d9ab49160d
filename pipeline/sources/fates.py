"""Floor 3, sources: what becomes of each Block, by the house policy that `show.toml` sets. Pure.

The readers say what a Block is and take debris out; this is where it is decided what is heard of the rest.
"""

from pipeline.model import Fate, FateKind

READ_ALOUD = Fate(kind=FateKind.SPOKEN, reason="read aloud")
IN_OPENING = Fate(kind=FateKind.SPOKEN, reason="said in the opening")

#: What a reader gives to tables, figures, code, formulas, footnotes and embeds: the policy decides afterwards.
BY_POLICY = Fate(kind=FateKind.NOTES, reason="as the show's settings say")
