"""Floor 3, language model: the body of an answer -> the texts in it, strictly. Pure.

Source: OpenAI API reference, "The chat completion object", as far as compatible servers share it.
"""

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from pipeline.language_model.questions import Question

Kind = TypeVar("Kind")


class _Message(Struct):
    content: str | None = None


class _Choice(Struct):
    message: _Message


class _Completion(Struct):
    choices: Annotated[tuple[_Choice, ...], Meta(min_length=1)]


class _Written(Struct):
    titles: tuple[str, ...] = ()
    summary: str = ""


def content_of(body: bytes) -> str | None:
    """What the model wrote, None if ``body`` is no chat completion."""
    completion = _decoded(body, _Completion)
    return None if completion is None else completion.choices[0].message.content or ""


def texts_of(content: str, question: Question) -> tuple[str, ...] | None:
    """The titles or the summary that ``content`` holds, None unless it is the JSON that was asked for."""
    written = _decoded(_bare(content).encode(errors="surrogatepass"), _Written) or _Written()
    texts = written.titles if question.kind == "titles" else (written.summary,)
    return texts if any(texts) else None


def complaint_of(body: bytes) -> str:
    """What a server says of its refusal, "" if that cannot be made out.

    In OpenAI's form it is error.message; others have it one level higher, and FastAPI calls it "detail".
    """
    said: object = _decoded(body, dict[str, object])
    for _ in range(2):
        if isinstance(said, dict):
            said = said.get("error") or said.get("message") or said.get("detail")
    return said if isinstance(said, str) else ""


def _bare(content: str) -> str:
    """``content`` without what models put around JSON that they were asked to write alone: thoughts and a fence."""
    text = content.strip()
    if text.startswith("<think>"):
        text = text.partition("</think>")[2].strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.removesuffix("```").partition("\n")[2]
    return text


def _decoded(data: bytes, kind: type[Kind]) -> Kind | None:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # the last two for what a stranger may send
        return None
