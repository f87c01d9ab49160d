"""Names that a voice may say wrong: which words to ask the voice about, and which of them an editor should hear.

``suspects`` goes through a Script; ``knowing`` says whether an English dictionary knows a word in any of its forms;
``routes`` compares how the voice says a known name with how the dictionary does; ``judging`` makes the list.
"""

from pipeline.text.english.hard.judging import judge_suspects
from pipeline.text.english.hard.suspects import find_suspects

__all__ = ["find_suspects", "judge_suspects"]
