"""Floor 3, inside gtts: whether the sound of a part can be all of it. Pure.

Google at times sends half of what was asked for, as a whole file and with a success. The contract's own check (80
letters a second) is wide enough for any engine; this one voice is known better.
"""

from pipeline.engines.network import BadAnswer
from pipeline.model import Clip

#: Letters and digits a second. Google reads 14 or 15 of them at its own pace, in the fastest languages below 20; half
#: a sentence missing makes 28 and more. Slow, it takes half as long again at the least.
_FASTEST, _FASTEST_SLOW = 25.0, 17.0

#: A word or two alone take from 0.2 to 0.7 s, whatever their spelling ("through", "idea").
_SHORT, _FASTEST_SHORT = 20, 40.0


def require_plausible(clip: Clip, text: str, *, is_slow: bool) -> None:
    """Nothing, if ``clip``, which is trimmed, is long enough for ``text``. Raises: BadAnswer."""
    letters = sum(character.isalnum() for character in text)
    fastest = _FASTEST_SHORT if letters < _SHORT else _FASTEST_SLOW if is_slow else _FASTEST
    seconds = clip.sample_count / clip.sample_rate
    if not clip.sample_count or seconds * fastest < letters:
        raise BadAnswer(f"sent {seconds:.2f} s of sound for {letters} letters, which is not all of them")
