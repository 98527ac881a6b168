"""A web server on this machine that answers from `samples/` and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Asked:
    """One call as it arrived."""

    path: str
    headers: dict[str, str]
    fields: dict[str, str]

    @property
    def method(self) -> str:
        """The QAPI method."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Answer:
    """What to send back."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    wait_seconds: float = 0.0


class RecordedSite:
    """Answers by method, in the order given; the last answer of a method is repeated."""

    def __init__(self) -> None:
        self.base = ""
        self.asked: list[Asked] = []
        self._answers: dict[str, list[Answer]] = defaultdict(list)

    def will_answer(self, method: str, *answers: bytes | Answer) -> None:
        """Add answers for a method (its name without the service, or a path's last part)."""
        self._answers[method].extend(each if isinstance(each, Answer) else Answer(each) for each in answers)

    def next_answer(self, asked: Asked) -> Answer:
        """Remember a call and give what was prepared for it."""
        self.asked.append(asked)
        answers = self._answers[asked.method.rpartition(".")[2]]
        if not answers:
            return Answer(b'{"ErrorCode":-90001,"ErrorMsg":"not prepared"}')
        return answers.pop(0) if len(answers) > 1 else answers[0]


@contextmanager
def serve() -> Iterator[RecordedSite]:
    """Run a site on a free port of the loopback until the block ends."""
    site = RecordedSite()

    class Handler(BaseHTTPRequestHandler):
        """Hands each POST to the site."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Answer one call."""
            length = int(self.headers.get("Content-Length", "0"))
            sent = self.rfile.read(length).decode()
            fields = dict(parse_qsl(sent, keep_blank_values=True))
            answer = site.next_answer(Asked(self.path, dict(self.headers), fields))
            time.sleep(answer.wait_seconds)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    site.base = f"http://127.0.0.1:{server.server_port}/service.qapi"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def refusal(code: int, text: str = "") -> bytes:
    """A refusal in the Result envelope."""
    return json.dumps({"ResultCode": code, "ResultMsg": text}).encode()


def rows(*answered: dict[str, object]) -> bytes:
    """A list in the Result envelope."""
    return json.dumps({"ResultCode": 0, "ResultMsg": "", "ResultObject": answered}).encode()
