"""Language models for the tests: servers on this computer that answer as OpenAI-compatible ones do."""

import json
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pipeline.model import LanguageModelSettings

#: Status, headers, body.
Answer = tuple[int, dict[str, str], bytes]

#: What answers a prompt.
Writer = Callable[[str], Answer]


def completion(content: str | None, **more: object) -> Answer:
    """What a server answers whose model wrote ``content``."""
    message = {"role": "assistant", "content": content}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1767225600,
        "model": "tern-7b",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940},
        **more,
    }
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


def refusal(status: int, message: str = "no", **headers: str) -> Answer:
    """An error in OpenAI's form."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}}
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"Content-Type": "application/json", **fields}, json.dumps(body).encode()


def writing(titles: list[str], summary: str = "Insurers closed a strait.") -> Writer:
    """A model that gives as many of ``titles`` as it is asked for, and ``summary``."""

    def write(prompt: str) -> Answer:
        if '{"summary"' in prompt:
            return completion(json.dumps({"summary": summary}, ensure_ascii=False))
        asked = re.search(r"exactly (\d+) titles", prompt)
        assert asked is not None
        return completion(json.dumps({"titles": titles[: int(asked[1])]}, ensure_ascii=False))

    return write


class Server:
    """What the server was asked: path, headers in small letters and the decoded request of each."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def prompts(self) -> list[str]:
        return [request["messages"][0]["content"] for _, _, request in self.asked]

    def settings(self, **more: Any) -> LanguageModelSettings:
        return LanguageModelSettings(**{"url": self.url, "model": "tern-7b", "timeout_s": 5.0, **more})


@contextmanager
def server(answer: Writer | Answer | list[Answer], *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server until the end of the block; of a list each answer is given once, and the last one for ever."""
    made = Server()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made, answer))
    httpd.daemon_threads = False
    made.port = httpd.server_address[1]
    if tls is not None:
        httpd.socket = tls.wrap_socket(httpd.socket, server_side=True, do_handshake_on_connect=False)
        httpd.handle_error = lambda request, address: None  # type: ignore[method-assign] # a refused handshake is no news
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def _handler(made: Server, answer: Writer | Answer | list[Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            made.asked.append((self.path, {name.casefold(): value for name, value in self.headers.items()}, request))
            status, fields, body = self.chosen(request)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **fields}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the visitor has heard enough

        def chosen(self, request: dict[str, Any]) -> Answer:
            if isinstance(answer, list):
                return answer[min(len(made.asked), len(answer)) - 1]
            return answer(request["messages"][0]["content"]) if callable(answer) else answer

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
            pass

    return Handler
