"""The client against real servers that answer well, badly, late, too much and not at all."""

import gzip
import logging
import random
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import pytest
from rich.console import Console

from pipeline.engines.network import Answer, BadAnswer, Client, Line, NetworkOptions, Request
from pipeline.errors import EngineError, EngineUnavailable, Throttled
from tests.engines.network.loopback import Call, Reply, nobody_there, serving

#: As quick as a test wants it. 30 ms are the breaker's first rest, 0.3 s the longest that a server is granted.
QUICK = {"first_wait_s": 0.001, "timeout_s": 5.0}

KEY = "sk-quay-4711-amaro"


def nothing_to_add(answer: Answer) -> EngineError | None:
    return None


@contextmanager
def line_to(explain: Callable[[Answer], EngineError | None] = nothing_to_add, **options: Any) -> Iterator[Line]:
    line = Client(NetworkOptions(**QUICK | options), server="the Salka server", explain=explain).line()
    try:
        yield line
    finally:
        line.close()


def post(url: str, **headers: str) -> Request:
    return Request(method="POST", url=f"{url}/speak?voice=ines", headers=headers, body=b"The strait is closed.")


def body_of(answer: Answer) -> bytes:
    return answer.body


def body_unless_html(answer: Answer) -> bytes:
    if answer.body.startswith(b"<"):
        raise BadAnswer("sent HTML instead of sound")
    return answer.body


def in_turn(*replies: Reply) -> Callable[[Call], Reply]:
    """Each of them once, and the last one for ever."""
    return lambda call: replies[min(call.number, len(replies)) - 1]


def test_a_request_arrives_as_it_is_and_the_answer_comes_back() -> None:
    reply = Reply(status=201, headers={"X-Voice": "Ines Calder", "Content-Type": "audio/wav"}, body=b"sound")
    with serving(reply) as server, line_to() as line:
        answer = line.ask(post(server.url, authorization=f"Bearer {KEY}"), read=lambda answer: answer)
        (call,) = server.calls
    assert (answer.status, answer.headers["x-voice"], answer.body) == (201, "Ines Calder", b"sound")
    assert (call.method, call.path, call.body) == ("POST", "/speak?voice=ines", b"The strait is closed.")
    assert call.headers["authorization"] == f"Bearer {KEY}"
    assert call.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 524, 529])
def test_what_may_pass_is_asked_again(status: int) -> None:
    with serving(in_turn(Reply(status=status), Reply(status=status), Reply(body=b"ok"))) as server, line_to() as line:
        assert line.ask(post(server.url), read=body_of) == b"ok"
        assert len(server.calls) == 3


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 413, 422, 501, 505, 511])
def test_what_is_final_is_asked_once(status: int) -> None:
    complaint = b'{"error": {"message": "the voice Tomas  Reyl\\nis not here"}}'
    with serving(Reply(status=status, body=complaint)) as server, line_to() as line:
        with pytest.raises(EngineError, match=f"the Salka server refuses: {status} .*the voice Tomas Reyl is not here"):
            line.ask(post(server.url), read=body_of)
        assert len(server.calls) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"detail": {"status": "no", "message": "no credit left"}}', r"\(no credit left\)"),
        (b'{"detail": [{"loc": ["body"], "msg": "field required"}]}', r"\(field required\)"),
        (b'{"message": "unknown model"}', r"\(unknown model\)"),
        (b"unknown model", r"\(unknown model\)"),
        (b"<html>unknown model</html>", "Request;"),
        (b'{"error": {"code": 7}}', "Request;"),
        (b"[" * 100_000, "Request;"),
        (b"\xff\x00{", "Request"),
        (b"long " * 1000, "long …"),
    ],
)
def test_the_complaint_of_a_server_is_quoted_shortly(body: bytes, said: str) -> None:
    with serving(Reply(status=400, body=body)) as server, line_to() as line:
        with pytest.raises(EngineError, match=said) as caught:
            line.ask(post(server.url), read=body_of)
        assert len(str(caught.value)) < 300


def test_the_engine_has_the_first_word_on_a_refusal() -> None:
    def explain(answer: Answer) -> EngineError | None:
        if answer.status == 429 and b"quota" in answer.body:
            return EngineUnavailable(f"no credit: {answer.complaint}", cure="buy some")
        return None

    with serving(Reply(status=429, body=b"your quota is used up")) as server, line_to(explain) as line:
        with pytest.raises(EngineUnavailable, match="no credit: your quota is used up; buy some"):
            line.ask(post(server.url), read=body_of)
        assert len(server.calls) == 1


def test_the_engine_may_ask_again_after_a_refusal() -> None:
    def explain(answer: Answer) -> EngineError | None:
        raise BadAnswer("sends to its page for robots")

    redirect = Reply(status=302, headers={"Location": "/sorry"})
    with serving(in_turn(redirect, redirect, Reply(body=b"ok"))) as server, line_to(explain) as line:
        assert line.ask(post(server.url), read=body_of) == b"ok"


def test_an_answer_of_no_use_is_asked_for_again() -> None:
    html = Reply(headers={"Content-Type": "text/html"}, body=b"<!DOCTYPE html>")
    with serving(in_turn(html, html, Reply(body=b"ok"))) as server, line_to() as line:
        assert line.ask(post(server.url), read=body_unless_html) == b"ok"
    with serving(html) as server, line_to(tries=3) as line:
        with pytest.raises(
            EngineError,
            match=r"the Salka server sent HTML instead of sound \(tried 3 times\); .*run the same command again",
        ):
            line.ask(post(server.url), read=body_unless_html)
        assert len(server.calls) == 3


def test_what_the_reader_raises_of_ours_is_final_and_its_faults_are_shown() -> None:
    def refuse(answer: Answer) -> bytes:
        raise EngineUnavailable("no", cure="never")

    with serving(Reply()) as server, line_to() as line:
        with pytest.raises(EngineUnavailable):
            line.ask(post(server.url), read=refuse)
        with pytest.raises(ZeroDivisionError):
            line.ask(post(server.url), read=lambda answer: 1 // len(answer.body))
        assert len(server.calls) == 2


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (Reply(is_silent=True), "does not finish what it says"),
        (Reply(body=b"sound" * 1000, cut_after=100), "does not finish what it says"),
        (Reply(body=b"sound", content_length=50), "does not finish what it says"),
        (Reply(body=b"sound", delay_s=5.0), "gives no whole answer within 0.2 s"),
        (Reply(body=b"sound" * 100, trickle_s=0.01), "gives no whole answer within 0.2 s"),
    ],
)
def test_connections_that_break_and_answers_that_never_end(bad: Reply, what: str) -> None:
    with serving(in_turn(bad, Reply(body=b"ok"))) as server, line_to(timeout_s=0.2) as line:
        assert line.ask(post(server.url), read=body_of) == b"ok"
    with (
        serving(bad) as server,
        line_to(timeout_s=0.2, tries=2) as line,
        pytest.raises(EngineError, match=rf"{what}.* \(tried 2 times\)"),
    ):
        line.ask(post(server.url), read=body_of)


def test_an_answer_that_is_longer_than_it_says_is_cut_there() -> None:
    with serving(Reply(body=b"sound and more", content_length=5)) as server, line_to() as line:
        assert line.ask(post(server.url), read=body_of) == b"sound"
        assert line.ask(post(server.url), read=body_of) == b"sound"  # and the rest is not the next answer


def test_an_answer_of_no_stated_length_ends_with_the_connection() -> None:
    with serving(Reply(body=b"sound", content_length=-1)) as server, line_to() as line:
        assert line.ask(post(server.url), read=body_of) == b"sound"


def test_nobody_listens() -> None:
    with (
        nobody_there() as url,
        line_to(tries=2) as line,
        pytest.raises(EngineError, match=r"the Salka server takes no connection \(tried 2 times\)"),
    ):
        line.ask(post(url), read=body_of)


def test_a_host_that_nobody_knows() -> None:
    with line_to(tries=2) as line, pytest.raises(EngineError, match="the Salka server has a host"):
        line.ask(post("http://ostrava.invalid"), read=body_of)


@pytest.mark.parametrize("url", ["", "ftp://127.0.0.1/", "http://127.0.0.1:no/", "http://[::1", "http://a\nb/"])
def test_an_address_that_cannot_be_asked(url: str) -> None:
    with line_to() as line, pytest.raises(EngineError, match="the Salka server"):
        line.ask(Request(method="GET", url=url), read=body_of)


def test_a_redirect_is_a_refusal_that_says_where_to() -> None:
    with serving(Reply(body=b"sound")) as other:
        moved = Reply(status=308, headers={"Location": f"{other.url}/elsewhere?secret=1"})
        with (
            serving(moved) as server,
            line_to() as line,
            pytest.raises(EngineError, match=rf"sends on to {other.url}/elsewhere \(308\)"),
        ):
            line.ask(post(server.url, authorization=KEY), read=body_of)
        assert not other.calls


def test_an_answer_without_bounds_is_given_up() -> None:
    with serving(Reply(body=bytes(65 * 1024 * 1024))) as server, line_to() as line:
        with pytest.raises(EngineError, match="sent more than 64 MB"):
            line.ask(post(server.url), read=body_of)
        assert len(server.calls) == 1


def test_what_is_packed_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(1024 * 1024))
    with (
        serving(Reply(headers={"Content-Encoding": "gzip"}, body=bomb)) as server,
        line_to() as line,
        pytest.raises(EngineError, match="packs what it sends"),
    ):
        line.ask(post(server.url), read=body_of)


def test_no_cookie_is_kept() -> None:
    with serving(Reply(headers={"Set-Cookie": "consent=1; Path=/"})) as server, line_to() as line:
        for _ in range(2):
            line.ask(post(server.url), read=body_of)
        assert "cookie" not in server.calls[1].headers


def test_no_password_is_taken_from_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ines password calder\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(Reply()) as server, line_to() as line:
        line.ask(post(server.url), read=body_of)
        assert "authorization" not in server.calls[0].headers


def test_a_proxy_of_the_environment_is_asked_but_not_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Reply(body=b"proxy")) as proxy, serving(Reply(body=b"server")) as server:
        for variable in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy", "http_proxy"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with line_to() as line:
            assert line.ask(post("http://speech.ostrava.invalid"), read=body_of) == b"proxy"
            assert line.ask(post(server.url), read=body_of) == b"server"
    assert proxy.calls[0].path == "http://speech.ostrava.invalid/speak?voice=ines"


@pytest.mark.parametrize(
    ("variable", "value"), [("SSL_CERT_FILE", "/nowhere/at/all.pem"), ("ALL_PROXY", "gopher://127.0.0.1")]
)
def test_an_environment_that_cannot_be(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with line_to() as line, pytest.raises(EngineError, match=variable):
        line.ask(post("http://127.0.0.1:9"), read=body_of)


def retry_after_in(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("status", "said", "least_s"),
    [(429, lambda: "0.25", 0.25), (503, lambda: "0.25", 0.25), (429, lambda: retry_after_in(2), 1.0)],
)
def test_retry_after_holds_every_request_of_the_client(status: int, said: Callable[[], str], least_s: float) -> None:
    """A date has whole seconds, so that two of them are one at least."""

    def answer(call: Call) -> Reply:
        return Reply(status=status, headers={"Retry-After": said()}) if call.number == 1 else Reply(body=b"ok")

    options = NetworkOptions(first_wait_s=0.01, timeout_s=5.0, at_once=1)
    client = Client(options, server="it", explain=nothing_to_add)
    lines = [client.line() for _ in range(3)]
    with serving(answer) as server:
        assert ask_in_threads(lines, post(server.url), each=1) == [b"ok"] * 3
        came = [call.at for call in server.calls]
    for line in lines:
        line.close()
    assert len(came) == 4
    assert min(came[1:]) - came[0] >= least_s


def test_a_server_that_wants_a_long_rest_gets_it() -> None:
    def answer(call: Call) -> Reply:
        return Reply(status=429, headers={"Retry-After": "1000"})

    with serving(answer) as server, line_to() as line:
        for _ in range(2):  # and the second time it is not even asked
            with pytest.raises(Throttled, match=r"wants to be left alone for 17 min; .* again in 17 min") as caught:
                line.ask(post(server.url), read=body_of)
            assert 990 < caught.value.retry_after_s <= 1000
        assert len(server.calls) == 1


def test_a_server_that_throttles_to_the_end() -> None:
    with (
        serving(Reply(status=429, headers={"Retry-After": "0"}, body=b"slow down")) as server,
        line_to(tries=3) as line,
    ):
        with pytest.raises(
            Throttled, match=r"asks for fewer requests: 429 .*\(slow down\) \(tried 3 times\)"
        ) as caught:
            line.ask(post(server.url), read=body_of)
        assert caught.value.retry_after_s == pytest.approx(0.06)
        assert len(server.calls) == 3


def ask_in_threads(lines: list[Line], request: Request, *, each: int) -> list[Any]:
    """What every ask() gave or raised."""
    results: list[Any] = []

    def ask(line: Line) -> None:
        for _ in range(each):
            try:
                results.append(line.ask(request, read=body_of))
            except EngineError as error:
                results.append(error)

    threads = [Thread(target=ask, args=(line,)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_no_more_requests_are_under_way_than_allowed() -> None:
    client = Client(NetworkOptions(**QUICK, at_once=3), server="it", explain=nothing_to_add)
    lines = [client.line() for _ in range(8)]
    with serving(Reply(body=b"ok", delay_s=0.02)) as server:
        assert ask_in_threads(lines, post(server.url), each=3) == [b"ok"] * 24
        assert server.most_at_once == 3
    for line in lines:
        line.close()


def test_requests_of_all_lines_are_spaced() -> None:
    client = Client(NetworkOptions(**QUICK, requests_a_minute=1200), server="it", explain=nothing_to_add)
    lines = [client.line() for _ in range(3)]
    with serving(Reply(body=b"ok")) as server:
        ask_in_threads(lines, post(server.url), each=3)
        came = [call.at for call in server.calls]
    for line in lines:
        line.close()
    assert len(came) == 9
    assert came[-1] - came[0] >= 0.25  # 0.4, but for what the first was held up on the road


def test_while_a_server_is_down_only_probes_go() -> None:
    client = Client(NetworkOptions(**QUICK, tries=100, at_once=4), server="it", explain=nothing_to_add)
    lines = [client.line() for _ in range(4)]
    with serving(Reply(status=503, body=b"maintenance")) as server:
        results = ask_in_threads(lines, post(server.url), each=1)
        count = len(server.calls)
        came = [call.at for call in server.calls]
    for line in lines:
        line.close()
    assert 13 <= count <= 16  # ten failures, those that were under way beside the tenth, and three probes
    rests = [later - sooner for sooner, later in pairwise(came[-3:])]
    assert rests[0] >= 0.06
    assert rests[1] >= 0.12
    assert len(results) == 4
    for error in results:
        assert isinstance(error, EngineError)
        assert f"it failed {count} times in a row, 3 of them after long rests" in str(error)
        assert "503 Service Unavailable (maintenance); what is spoken is kept: run the same command again" in str(error)


def test_a_server_that_throttles_whatever_is_asked_is_said_to_throttle() -> None:
    client = Client(NetworkOptions(**QUICK, tries=100), server="it", explain=nothing_to_add)
    line = client.line()
    with serving(Reply(status=429)) as server, pytest.raises(Throttled, match="3 of them after long rests") as caught:
        line.ask(post(server.url), read=lambda answer: answer.body)
    line.close()
    assert 0 < caught.value.retry_after_s <= 8 * 30 * QUICK["first_wait_s"]


def test_a_server_that_comes_back_is_asked_by_all_again() -> None:
    client = Client(NetworkOptions(**QUICK, tries=100, at_once=4), server="it", explain=nothing_to_add)
    lines = [client.line() for _ in range(4)]
    with serving(lambda call: Reply(status=503) if call.number <= 12 else Reply(body=b"ok")) as server:
        assert ask_in_threads(lines, post(server.url), each=2) == [b"ok"] * 8
    for line in lines:
        line.close()


def test_a_probe_that_is_called_off_makes_room_for_another() -> None:
    def answer(call: Call) -> Reply:
        return Reply(status=500) if call.number <= 10 else Reply(body=b"ok", delay_s=30.0 if call.number == 11 else 0)

    client = Client(NetworkOptions(**QUICK, tries=10), server="it", explain=nothing_to_add)
    lines = {name: client.line() for name in (b"Ines", b"Tomas")}
    results: dict[bytes, Any] = {}

    def ask(name: bytes) -> None:
        try:
            results[name] = lines[name].ask(Request(method="POST", url=server.url, body=name), read=body_of)
        except EngineError as error:
            results[name] = error

    with serving(answer) as server:
        ask(b"Ines")  # all ten tries of it, which open the breaker
        threads = [Thread(target=ask, args=(name,)) for name in lines]
        for thread in threads:
            thread.start()
        server.wait_for(11)
        probing = server.calls[10].body
        (waiting,) = lines.keys() - {probing}
        lines[probing].close()
        for thread in threads:
            thread.join()
        lines[waiting].close()
    assert isinstance(results[probing], EngineError)
    assert results[waiting] == b"ok"


FAULTS = [
    Reply(status=429, headers={"Retry-After": "0.01"}),
    Reply(status=500),
    Reply(status=503, headers={"Retry-After": "0"}),
    Reply(body=b"<html>sorry</html>"),
    Reply(is_silent=True),
    Reply(body=b"sound" * 100, cut_after=7),
]
SLOW = Reply(body=b"sound" * 100, trickle_s=0.02)


def test_random_faults_change_nothing_and_what_succeeded_is_not_asked_again() -> None:
    """200 things to ask for by four lines at once, and 200 failures in whatever way."""
    drawn = [*random.Random(6).choices(FAULTS, k=196), *[SLOW] * 4, *[Reply()] * 200]
    random.Random(7).shuffle(drawn)
    succeeded: list[bytes] = []

    def answer(call: Call) -> Reply:
        reply = drawn[call.number - 1] if call.number <= len(drawn) else Reply()
        if reply != Reply():
            return reply
        succeeded.append(call.body)
        return Reply(body=call.body[::-1])

    texts = [f"Sentence {number} of The Causeway Letter".encode() for number in range(200)]
    client = Client(NetworkOptions(first_wait_s=0.001, timeout_s=1.0, tries=30), server="it", explain=nothing_to_add)
    lines: SimpleQueue[Line] = SimpleQueue()
    for _ in range(4):
        lines.put(client.line())
    with serving(answer) as server, ThreadPoolExecutor(4) as pool:

        def speak(text: bytes) -> bytes:
            line = lines.get()
            try:
                return line.ask(Request(method="POST", url=server.url, body=text), read=body_unless_html)
            finally:
                lines.put(line)

        assert list(pool.map(speak, texts)) == [text[::-1] for text in texts]
        while not lines.empty():
            lines.get().close()
        failed = sum(reply != Reply() for reply in drawn[: len(server.calls)])
        assert failed > 150
        assert len(server.calls) == len(texts) + failed
    assert sorted(succeeded) == sorted(texts)


def test_httpx_writes_down_addresses_where_somebody_asks_for_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="httpx")
    with serving(Reply()) as server, line_to() as line:
        line.ask(post(server.url), read=body_of)
    assert server.url in caplog.text


ECHOES = [
    Reply(status=401, body=f'{{"error": {{"message": "Incorrect API key provided: {KEY[:6]}***"}}}}'.encode()),
    Reply(status=400, body=f"bad header {KEY.upper()}".encode()),
    Reply(status=429, body=f"{KEY} asks too often".encode()),
    Reply(status=500, body=f"cannot use {KEY[3:]}".encode()),
    Reply(body=f"<html>{KEY}</html>".encode()),
]


@pytest.mark.parametrize("reply", ECHOES)
@pytest.mark.parametrize("header", ["authorization", "xi-api-key", "X-Goog-Api-Key", "X-Auth-Token"])
def test_a_key_comes_into_no_message(reply: Reply, header: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    def read(answer: Answer) -> bytes:
        raise BadAnswer(f"sent {answer.body.decode()}")

    value = f"Bearer {KEY}" if header == "authorization" else KEY
    with serving(reply) as server, line_to(tries=2) as line:
        request = post(server.url, **{header: value})
        with pytest.raises(EngineError) as caught:
            line.ask(request, read=read)
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(request)
    for start in range(len(KEY) - 4):
        assert KEY[start : start + 5] not in shown.casefold()
    assert "127.0.0.1" not in caplog.text


@pytest.mark.parametrize("key", ["sk-quay\n4711", "sk-quay-€-4711", "sk-quay\x004711"])
def test_a_key_that_cannot_be_sent_is_not_shown(key: str) -> None:
    with serving(Reply()) as server, line_to() as line, pytest.raises(EngineError, match="cannot be asked") as caught:
        line.ask(post(server.url, authorization=f"Bearer {key}"), read=body_of)
    assert "quay" not in "".join(traceback.format_exception(caught.value))


def test_requests_and_answers_show_neither_keys_nor_texts() -> None:
    request = Request(
        method="POST",
        url=f"https://ines:{KEY}@127.0.0.1/speak?key={KEY}#{KEY}",
        headers={"xi-api-key": KEY},
        body=b"The strait is closed.",
    )
    answer = Answer(status=200, headers={"set-cookie": KEY}, body=b"The strait is closed.")
    console = Console(file=None, width=200, record=True, quiet=False)
    with console.capture() as capture:
        console.print(request, answer)
    shown = repr(request) + str(request) + repr(answer) + f"{[request]}" + capture.get()
    assert KEY not in shown
    assert "strait" not in shown
    assert "POST https://127.0.0.1/speak" in shown
    assert "xi-api-key" in shown
