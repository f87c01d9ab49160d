"""What all checks of the trial share: how a broken promise is told, and how an engine is given something to say."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from pipeline.engines.contract import Engine, Session
from pipeline.engines.notation import render
from pipeline.errors import EngineError
from pipeline.model import Role, SpokenForm, Utterance, VoiceSettings

SENTENCE = "Two ferries left Salka on the third of June, and neither of them came back the same way."
OTHER = "Nobody at the ministry would say, when Ines Calder asked on Friday, who had signed the order."


class ContractBroken(AssertionError):
    """An engine did not do what the contract promises: ``promise``, and what was ``seen`` instead.

    No EngineError: those are allowed by the contract, and nothing that waits for one may take this for it.
    """

    def __init__(self, promise: str, *, seen: str) -> None:
        self.promise = promise
        self.seen = seen
        super().__init__(f"{promise}; {seen}")


def require(is_kept: object, promise: str, *, seen: str) -> None:
    """Nothing, where the promise is kept. Raises ContractBroken otherwise."""
    if not is_kept:
        raise ContractBroken(promise, seen=seen)


@contextmanager
def opened(engine: Engine, voice: VoiceSettings) -> Iterator[Session]:
    """A Session of ``voice`` that is closed at the end."""
    with closing(engine.open(voice)) as session:
        yield session


def given(text: str, engine: Engine) -> str:
    """``text`` as the host would give it to ``engine``: in its notation, and no longer than it takes."""
    utterance = _utterance(text)
    rendered = render(utterance, engine.capabilities.notation, language="en").text
    too_long = len(rendered) - engine.capabilities.max_chars
    return given(text[: max(0, len(text) - too_long)], engine) if too_long > 0 and text else rendered


def given_with_a_name(engine: Engine) -> str:
    """A sentence with a name whose exact sound the lexicon gives, as the host would give it to ``engine``."""
    start = len("A letter came from ")
    form = SpokenForm(start=start, end=start + 4, spoken_start=start, spoken_end=start + 4, rule="lexicon", ipa="ˈkiːv")
    named = _utterance("A letter came from Kyiv on Friday, and nobody has answered it.", form)
    return render(named, engine.capabilities.notation, language="en").text


def shown(text: str) -> str:
    """``text`` in a message: short, and with what cannot be printed spelt out."""
    return ascii(text if len(text) <= 40 else text[:37] + "...")


def failure_of(error: EngineError) -> str:
    """What the engine said, with its kind."""
    return f"it raised {type(error).__name__}: {error}"


def _utterance(text: str, *forms: SpokenForm) -> Utterance:
    return Utterance(display=text, spoken=text, forms=forms, role=Role.BODY, pause_after_ms=0)
