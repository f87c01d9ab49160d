"""A web server on this computer with voices below it, which can be told to fail in every way that servers do."""

import hashlib
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from msgspec import Struct

ALBA = "en_GB-alba-medium"
FOLDER = "en/en_GB/alba/medium"

CARD = """\
# Model card for alba (medium)

* Language: en_GB (English, Great Britain)
* Quality: medium

## Dataset

* URL: https://voices.example.org/alba
* License: CC BY 4.0
"""


class Fault(Struct, frozen=True, kw_only=True):
    """What goes wrong with one answer.

    ``status`` with ``headers`` and ``body`` instead of the file; ``cut_after`` bytes the connection breaks, and is
    held before that if ``is_held``; ``is_corrupt`` gives other bytes.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut_after: int | None = None
    is_held: bool = False
    is_corrupt: bool = False


_NONE = Fault()


class Storehouse:
    """Files by path. ``faults`` of a path are taken one a request; ``requests`` are (path, Range) as they came."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[Fault]] = {}
        self.requests: list[tuple[str, str]] = []
        self.has_ranges = True
        self.held = threading.Event()
        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"house": self}))
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}/"

    def asked(self, path: str) -> list[str]:
        """The Range of each request for ``path``."""
        return [range_ for asked, range_ in self.requests if asked == path]

    def fault(self, path: str) -> Fault | None:
        """The next one of that path."""
        faults = self.faults.get(path, [])
        return faults.pop(0) if faults else None

    def add_piper(self, name: str = ALBA, *, folder: str = FOLDER, card: str = CARD, size: int = 300_000) -> None:
        """A voice of Piper, and the index anew."""
        family, _, country = name.partition("-")[0].partition("_")
        self.files |= {
            f"{folder}/{name}.onnx": bytes(range(256)) * (size // 256),
            f"{folder}/{name}.onnx.json": json.dumps({"audio": {"sample_rate": 22050}, "name": name}).encode(),
            f"{folder}/MODEL_CARD": card.encode(),
        }
        index = json.loads(self.files.get("voices.json", b"{}"))
        index[name] = {
            "key": name,
            "name": name.split("-")[1],
            "language": {
                "code": f"{family}_{country}",
                "family": family,
                "region": country,
                "name_native": "English",
                "name_english": "English",
                "country_english": "Great Britain",
            },
            "quality": name.rsplit("-", maxsplit=1)[-1],
            "num_speakers": 1,
            "speaker_id_map": {},
            "files": {
                path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
                for path, data in self.files.items()
                if path.startswith(f"{folder}/")
            },
            "aliases": [f"old-{name}"],
        }
        self.files["voices.json"] = json.dumps(index).encode()

    def change_index(self, name: str, **changes: object) -> None:
        """Say something else of the voice of that name."""
        index = json.loads(self.files["voices.json"])
        index[name] |= changes
        self.files["voices.json"] = json.dumps(index).encode()

    def add_kokoro(self, name: str = "kokoro-tiny") -> None:
        """A mirror of Kokoro with an index of its own."""
        self.files |= {f"{name}.onnx": b"weights " * 1000, "voices-tiny.bin": b"voices " * 100}
        files = {
            path: {"length_bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for path, data in self.files.items()
            if path in {f"{name}.onnx", "voices-tiny.bin"}
        }
        model = {"label": "Tiny", "language": "", "quality": "8 bits", "licence": "Apache-2.0", "files": files}
        self.files["index.json"] = json.dumps({"models": {name: model}}).encode()


@contextmanager
def storehouse(tls: ssl.SSLContext | None = None) -> Iterator[Storehouse]:
    """A Storehouse that is open until the end of the block."""
    made = Storehouse()
    if tls is not None:
        made.base = made.base.replace("http", "https")
        made.server.socket = tls.wrap_socket(made.server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.released.set()
        made.server.shutdown()
        thread.join()
        made.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One connection to the Storehouse ``house``."""

    protocol_version = "HTTP/1.1"
    house: Storehouse

    def do_GET(self) -> None:
        path, range_ = self.path.removeprefix("/"), self.headers.get("Range", "")
        self.house.requests.append((path, range_))
        fault = self.house.fault(path)
        if fault is not None and fault.status != 200:
            self.answer(fault.status, dict(fault.headers), fault.body)
        elif path not in self.house.files:
            self.answer(404, {}, b"nothing here")
        else:
            self.send_file(self.house.files[path], range_, fault=fault or Fault())

    def send_file(self, data: bytes, range_: str, *, fault: Fault) -> None:
        start = int(range_.removeprefix("bytes=").rstrip("-")) if range_ and self.house.has_ranges else 0
        data = fault.body or data
        if start >= len(data) > 0:
            self.answer(416, {"Content-Range": f"bytes */{len(data)}"}, b"")
            return
        body = bytes(len(data) - start) if fault.is_corrupt else data[start:]
        headers = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        self.answer(206 if start else 200, headers | dict(fault.headers), body, fault=fault)

    def answer(self, status: int, headers: dict[str, str], body: bytes, *, fault: Fault = _NONE) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            if value:
                self.send_header(name, value)
            else:
                self.close_connection = True  # its end is the end of the body
        self.end_headers()
        try:
            self.wfile.write(body[: fault.cut_after])
            self.wfile.flush()
        except OSError:
            self.close_connection = True  # the visitor has gone
        if fault.is_held:
            self.house.held.set()
            self.house.released.wait(30)
        if fault.cut_after is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        pass
