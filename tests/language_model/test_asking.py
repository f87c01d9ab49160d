"""One request to a real server on this computer, and every way in which no answer comes of it."""

import json
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from pipeline.language_model.asking import ask
from pipeline.language_model.questions import Failure, summary_question, titles_question
from pipeline.model import LanguageModelSettings
from tests.language_model.servers import Answer, completion, refusal, server, writing
from tests.sources.fetching.sites import dripping, raw_server

KEY = "sk-harbour-0123456789"
QUESTION = titles_question("The quiet strait", ["Insurers moved first.", "Nobody in Ostrava asked."])
TITLES = ("Insurers before admirals", "What nobody asked")
GOOD = completion(json.dumps({"titles": TITLES}))


def failed(answer: Answer | list[Answer], *, key_variable: str = "", timeout_s: float = 5.0) -> Failure:
    with server(answer) as there:
        found = ask(QUESTION, there.settings(key_variable=key_variable, timeout_s=timeout_s))
    assert isinstance(found, Failure)
    assert f"{found.what}{found.cure}".isprintable()
    return found


def test_the_request_is_one_that_every_compatible_server_takes() -> None:
    with server(writing(list(TITLES))) as there:
        assert ask(QUESTION, there.settings(url=there.url + "/")) == TITLES
    ((path, headers, request),) = there.asked
    assert path == "/v1/chat/completions"
    assert headers["content-type"] == "application/json"
    assert headers["host"] == f"127.0.0.1:{there.port}"
    assert "authorization" not in headers
    assert "cookie" not in headers
    assert request.keys() == {"model", "messages", "temperature", "stream"}
    assert (request["model"], request["temperature"], request["stream"]) == ("tern-7b", 0, False)
    assert request["messages"] == [{"role": "user", "content": QUESTION.prompt}]
    for words in (
        "The quiet strait",
        "Chapter 1:\nInsurers moved first.",
        "Chapter 2:\nNobody in Ostrava",
        "exactly 2",
    ):
        assert words in QUESTION.prompt


def test_the_text_that_is_sent_is_bounded() -> None:
    long = " ".join(f"w{number}" for number in range(5000))
    titles = titles_question("Long", [long, long]).prompt
    assert " w249 [...]" in titles
    assert "w250" not in titles
    summary = summary_question("Long", long).prompt
    assert " w1199 [...] w4700 " in summary
    assert len(summary.split()) < 1700


def test_the_key_is_sent_as_servers_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_KEY", f" {KEY}\n")
    with server(GOOD) as there:
        assert ask(QUESTION, there.settings(key_variable="HARBOUR_KEY")) == TITLES
    ((_, headers, request),) = there.asked
    assert headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(request)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_told_and_not_repeated(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_KEY", KEY)
    found = failed(refusal(status, f"Incorrect API key provided: {KEY[:8]}****6789"), key_variable="HARBOUR_KEY")
    assert found.what == f"refused the key ({status})"
    assert "key_variable" in found.cure
    assert found.is_silence
    assert failed(refusal(status)).what == f"wants a key ({status})"


def test_no_part_of_the_key_comes_back_in_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_KEY", KEY)
    assert failed(refusal(400, f"bad header {KEY[3:9]}..."), key_variable="HARBOUR_KEY").what == (
        "answered with 400 Bad Request"
    )
    assert "(too long a prompt)" in failed(refusal(400, "too long a prompt"), key_variable="HARBOUR_KEY").what


@pytest.mark.parametrize(
    ("status", "body", "what"),
    [
        (404, {"error": {"message": 'model "tern-7b" not found'}}, '(404) (model "tern-7b" not found)'),
        (404, {"detail": "Not Found"}, "(404) (Not Found)"),
        (400, {"error": "'response_format.type' must be 'text'"}, "400 Bad Request ('response_format.type' must"),
        (400, {"object": "error", "message": "no\n\x1b[31m such"}, "400 Bad Request (no \ufffd[31m such)"),
        (400, {"error": {"message": {"deep": 1}}}, "400 Bad Request"),
        (422, [1, 2], "answered with 422"),
        (500, {"error": "secret trace"}, "has a fault of its own (500 Internal Server Error)"),
        (307, {}, "answered with 307 Temporary Redirect"),
        (204, {}, "answered with 204 No Content"),
    ],
)
def test_what_a_server_says_of_its_refusal_is_passed_on(status: int, body: object, what: str) -> None:
    headers = {"Content-Length": "0"} if status == 204 else {}
    assert what in failed((status, headers, b"" if status == 204 else json.dumps(body).encode())).what


def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_KEY", KEY)
    with server(GOOD) as other:
        found = failed((307, {"Location": f"{other.url}/chat/completions"}, b""), key_variable="HARBOUR_KEY")
    assert other.asked == []
    assert "[language_model] url" in found.cure


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_once_more_when_it_says_when(status: int) -> None:
    with server([refusal(status, Retry_After="0"), GOOD]) as there:
        assert ask(QUESTION, there.settings()) == TITLES
    assert len(there.asked) == 2


@pytest.mark.parametrize("said", [{}, {"Retry_After": "3600"}, {"Retry_After": "soon"}, {"Retry_After": "-1"}])
def test_a_busy_server_is_not_asked_again_when_it_does_not(said: dict[str, str]) -> None:
    with server([refusal(429, **said), GOOD]) as there:
        found = ask(QUESTION, there.settings())
    assert isinstance(found, Failure)
    assert "left alone for now (429)" in found.what
    assert len(there.asked) == 1


def test_a_busy_server_is_asked_twice_at_most() -> None:
    with server(refusal(429, Retry_After="0")) as there:
        assert isinstance(ask(QUESTION, there.settings()), Failure)
    assert len(there.asked) == 2


def test_the_time_out_holds_for_the_whole_answer() -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
    with raw_server(dripping(start, drop=b" ")) as (port, _):
        before = time.monotonic()
        found = ask(QUESTION, LanguageModelSettings(url=f"http://127.0.0.1:{port}/v1", model="t", timeout_s=0.4))
        assert 0.3 < time.monotonic() - before < 3
    assert isinstance(found, Failure)
    assert found.what == "did not give its whole answer within 0.4 s"
    assert "timeout_s" in found.cure
    assert found.is_silence


def test_a_wait_that_is_asked_for_is_part_of_the_time() -> None:
    before = time.monotonic()
    found = failed([refusal(503, Retry_After="1"), GOOD], timeout_s=1.0)
    assert time.monotonic() - before < 3
    assert found.what == "did not give its whole answer within 1 s"


def test_nobody_there_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    found = ask(QUESTION, LanguageModelSettings(url=f"http://127.0.0.1:{port}/v1", model="t"))
    assert isinstance(found, Failure)
    assert found.what == "takes no connection"
    assert "that the server runs" in found.cure
    assert found.is_silence


@pytest.mark.parametrize("host", ["xn--", "a..b", "a" * 300, "169.254.169.254", "[fe80::1%25eth0]"])
def test_a_host_that_cannot_be_one_is_a_failure_like_others(host: str) -> None:
    found = ask(QUESTION, LanguageModelSettings(url=f"http://{host}/v1", model="t", timeout_s=1.0))
    assert isinstance(found, Failure)
    assert found.cure.startswith("check the address")


def test_a_huge_answer_is_not_read_to_its_end() -> None:
    found = failed(completion(" " * 70_000))
    assert found.what == "sent more than 64 KB"
    with raw_server(dripping(b"HTTP/1.1 200 OK\r\n\r\n", drop=b" " * 40_000, pause_s=0.01)) as (port, _):
        endless = ask(QUESTION, LanguageModelSettings(url=f"http://127.0.0.1:{port}/v1", model="t"))
    assert isinstance(endless, Failure)
    assert endless.what == "sent more than 64 KB"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>hello</html>",
        b"\xff\xfe",
        b'{"x": ' + b"[" * 60_000,
        b'{"choices": []}',
        b"[]",
        b'{"choices": [{}]}',
    ],
)
def test_what_is_no_chat_completion_is_told(body: bytes) -> None:
    found = failed((200, {}, body))
    assert found.what == "does not answer as an OpenAI-compatible server does"
    assert "/v1" in found.cure


@pytest.mark.parametrize(
    "content",
    [
        "Here are the titles:\n1. Insurers",
        "",
        None,
        '{"titles": "Insurers before admirals"}',
        '{"titles": [1, 2]}',
        '{"titles": ["Insurers before admirals", "What nobody',
        '["Insurers before admirals", "What nobody asked"]',
        '{"summary": "Insurers."}',
        '{"titles": []}',
        "<think>" + '{"titles": ["a", "b"]}',
        "[" * 50_000,
        '{"titles": ["\\ud800", "b"]}',
        '{"titles": ["a", "b"]} and more',
    ],
)
def test_what_is_not_the_json_that_was_asked_for_is_told(content: str | None) -> None:
    found = failed(completion(content))
    assert found.what == "did not write the titles as the JSON that was asked for"
    assert not found.is_silence


@pytest.mark.parametrize("titles", [["One"], ["One", "Two", "Three"]])
def test_a_wrong_number_of_titles_is_told(titles: list[str]) -> None:
    assert failed(completion(json.dumps({"titles": titles}))).what == f"wrote {len(titles)} titles for 2 chapters"


@pytest.mark.parametrize(
    "around",
    ["{}", "\n {} \n", "```json\n{}\n```", "```\n{}\n```", "<think>\nLet me see: {{}}\n</think>\n\n```json\n{}\n```"],
)
def test_what_models_put_around_json_is_taken_off(around: str) -> None:
    content = around.replace("{{}}", "hm").replace("{}", json.dumps({"titles": TITLES}, indent=1))
    with server(completion(content, system_fingerprint="x")) as there:
        assert ask(QUESTION, there.settings()) == TITLES


def test_a_summary_is_one_text() -> None:
    with server(writing([], summary="Insurers closed a strait.")) as there:
        assert ask(summary_question("T", "Text."), there.settings()) == ("Insurers closed a strait.",)


def test_proxies_of_the_environment_get_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(GOOD) as proxy, server(GOOD) as there:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert ask(QUESTION, there.settings()) == TITLES
    assert proxy.asked == []


def test_a_server_that_cannot_prove_its_name_gets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the program openssl is not here to make a certificate")
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=models.example", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", "key.pem", "-out", "own.pem"], cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem", tmp_path / "key.pem")
    monkeypatch.setenv("HARBOUR_KEY", KEY)
    with server(GOOD, tls=context) as there:
        settings = there.settings(url=there.url.replace("http:", "https:"), key_variable="HARBOUR_KEY")
        found = ask(QUESTION, settings)
        assert isinstance(found, Failure)
        assert found.what.startswith("cannot prove that it is what it says")
        assert there.asked == []
        # Of one's own authority is enough to name the certificate.
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
        assert ask(QUESTION, settings) == TITLES
    assert there.asked[0][1]["authorization"] == f"Bearer {KEY}"
