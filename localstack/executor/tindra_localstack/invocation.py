"""What one invocation is given, and what becomes of it."""

import json
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Outcome:
    failed: bool
    body: bytes

    @staticmethod
    def failure(kind: str, message: str) -> "Outcome":
        """The answer that AWS gives in place of a function that cannot answer itself."""
        return Outcome(True, json.dumps({"errorType": kind, "errorMessage": message}).encode())


@dataclass
class Invocation:
    id: str
    event: bytes
    arn: str
    trace: str
    deadline: float  # seconds since 1970
    outcome: Future = field(default_factory=Future)
    output: list[str] = field(default_factory=list)
    output_ended: threading.Event = field(default_factory=threading.Event)
    peak_memory_kb: int = 0

    @staticmethod
    def of(payload: dict[str, str], timeout_s: float) -> "Invocation":
        return Invocation(
            id=payload["invoke-id"],
            event=payload["payload"].encode(),
            arn=payload["invoked-function-arn"],
            trace=payload["trace-id"],
            deadline=time.time() + timeout_s,
        )

    def settle(self, outcome: Outcome) -> None:
        """The first outcome counts: an answer may race with the process's end."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)

    def headers(self) -> dict[str, str]:
        return {
            "Lambda-Runtime-Aws-Request-Id": self.id,
            "Lambda-Runtime-Deadline-Ms": str(round(self.deadline * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": self.arn,
            "Lambda-Runtime-Trace-Id": self.trace,
        }
