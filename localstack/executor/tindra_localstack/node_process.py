"""One Node process that serves one function, from its start to its end."""

import json
import os
import queue
import signal
import subprocess
import threading
import time
from concurrent.futures import Future
from pathlib import Path

from .invocation import Invocation, Outcome
from .runtime_api import RuntimeApi

LOOP = Path(__file__).with_name("runtime-loop.mjs")
INIT_LIMIT_S = 10
ANSWER_LIMIT_BYTES = 6 * 1024 * 1024
END_OF_OUTPUT = "\x1d"  # runtime-loop.mjs begins with it the line that ends an invocation's output


class InitFailure(Exception):
    def __init__(self, outcome: Outcome):
        super().__init__(outcome.body.decode(errors="replace"))
        self.outcome = outcome


class NodeProcess:
    def __init__(self, node: str, heap_mb: int, environment: dict[str, str], folder: str):
        self.output_between: list[str] = []
        self._ready: Future = Future()
        self._running: Invocation | None = None
        self._given: queue.SimpleQueue = queue.SimpleQueue()
        self._api = RuntimeApi(self)
        begun = time.monotonic()
        self._process = subprocess.Popen(
            [node, f"--max-old-space-size={heap_mb}", str(LOOP)],
            cwd=folder,
            env=environment | {"AWS_LAMBDA_RUNTIME_API": self._api.address},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            failure = self._ready.result(timeout=INIT_LIMIT_S)
        except TimeoutError:
            failure = Outcome.failure("Sandbox.Timedout", f"Init took more than {INIT_LIMIT_S} s")
        if failure is not None:
            self.kill()
            raise InitFailure(failure)
        self.init_ms = (time.monotonic() - begun) * 1000

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def run(self, invocation: Invocation) -> None:
        self._running = invocation
        self._given.put(invocation)

    def kill(self) -> None:
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def next_invocation(self) -> Invocation | None:
        self._settle_init(None)
        return self._given.get()

    def answered(self, invocation_id: str, failed: bool, body: bytes) -> None:
        running = self._running
        if running is None or running.id != invocation_id:
            return
        if len(body) > ANSWER_LIMIT_BYTES:
            message = f"Response payload size exceeded maximum allowed payload size ({ANSWER_LIMIT_BYTES} bytes)."
            running.settle(Outcome.failure("Function.ResponseSizeTooLarge", message))
        running.settle(Outcome(failed, body))

    def init_failed(self, body: bytes) -> None:
        self._settle_init(Outcome(True, body))

    def _settle_init(self, failure: Outcome | None) -> None:
        if not self._ready.done():
            self._ready.set_result(failure)

    def _watch(self) -> None:
        for line in self._process.stdout:
            running = self._running
            inside = running is not None and not running.output_ended.is_set()
            if inside and line.startswith(END_OF_OUTPUT):
                running.peak_memory_kb = json.loads(line[1:])["peakMemoryKb"]
                running.output_ended.set()
            elif line.strip():
                (running.output if inside else self.output_between).append(line.rstrip("\n"))
        self._ended(self._process.wait())

    def _ended(self, status: int) -> None:
        running = self._running
        how = f"signal: {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
        request = running.id if running else "none"
        message = f"RequestId: {request} Error: Runtime exited with error: {how}"
        outcome = Outcome.failure("Runtime.ExitError", message)
        self._settle_init(outcome)
        if running is not None:
            running.output_ended.set()
            running.settle(outcome)
        self._given.put(None)
        self._api.close()
