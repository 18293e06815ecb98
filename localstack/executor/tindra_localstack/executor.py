"""What LocalStack asks of an executor, answered with a Node process for each environment.

LocalStack itself keeps the environments, throttles, retries asynchronous events and stores logs. Not as on AWS: memory
is bounded for V8's heap only, the file system can be written, /tmp (TMPDIR) has no limit, layers are ignored.
"""

import os
import shutil
import tempfile
import threading
import time

from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from .invocation import Invocation, Outcome
from .node_process import InitFailure, NodeProcess

NODE = os.environ.get("TINDRA_LOCALSTACK_NODE", "node")
LOOPBACK = "127.0.0.1"

cold_starts = threading.BoundedSemaphore(4 * (os.cpu_count() or 1))  # more at once only exceed the time for init


class NodeProcessExecutor(RuntimeExecutor):
    _process: NodeProcess | None = None
    _fresh = True  # the next report names the time of init
    _lines: list[str]

    def start(self, env_vars):
        self._lines = []
        self._scratch = tempfile.mkdtemp(prefix="environment-")
        self._variables = {name: str(value) for name, value in env_vars.items()}
        self._begin()

    def stop(self):
        if self._process is not None:
            self._process.kill()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def invoke(self, payload):
        if not self._process.is_alive():  # ended by a crash or a time-out: AWS starts the environment anew too
            self._begin()
        timeout_s = self.function_version.config.timeout
        invocation = Invocation.of(payload, timeout_s)
        begun = time.monotonic()
        self._process.run(invocation)
        try:
            outcome = invocation.outcome.result(timeout=timeout_s)
        except TimeoutError:
            message = f"RequestId: {invocation.id} Error: Task timed out after {timeout_s:.2f} seconds"
            outcome = Outcome.failure("Sandbox.Timedout", message)
            self._process.kill()
        elapsed_ms = (time.monotonic() - begun) * 1000
        invocation.output_ended.wait(timeout=1)
        log = self._log(invocation, elapsed_ms)
        return InvocationResult(invocation.id, outcome.body, is_error=outcome.failed, logs=log)

    def _begin(self) -> None:
        config = self.function_version.config
        folder = str(config.code.get_unzipped_code_location())
        environment = {
            "PATH": os.environ["PATH"],
            **self._variables,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{config.runtime}",
            "LAMBDA_TASK_ROOT": folder,
            "TMPDIR": self._scratch,
            "TZ": ":UTC",
        }
        try:
            with cold_starts:
                self._process = NodeProcess(NODE, config.memory_size * 9 // 10, environment, folder)
        except InitFailure as failure:
            raise StatusErrorException(str(failure), payload=failure.outcome.body) from failure
        self._fresh = True

    def _log(self, invocation: Invocation, elapsed_ms: float) -> str:
        init_ms = self._process.init_ms if self._fresh else 0.0
        report = [
            f"REPORT RequestId: {invocation.id}",
            f"Duration: {elapsed_ms:.2f} ms",
            f"Billed Duration: {int(elapsed_ms + init_ms) + 1} ms",
            f"Memory Size: {self.function_version.config.memory_size} MB",
            f"Max Memory Used: {-(-invocation.peak_memory_kb // 1024)} MB",
        ]
        if self._fresh:
            report.append(f"Init Duration: {init_ms:.2f} ms")
        between, self._process.output_between = self._process.output_between, []
        lines = [
            *between,
            f"START RequestId: {invocation.id} Version: {self.function_version.id.qualifier}",
            *invocation.output,
            f"END RequestId: {invocation.id}",
            "\t".join(report),
        ]
        self._fresh = False
        self._lines += lines
        return "\n".join(lines) + "\n"

    def get_logs(self):
        return "\n".join(self._lines)

    def get_address(self):
        return LOOPBACK

    def get_endpoint_from_executor(self):
        return LOOPBACK

    def get_runtime_endpoint(self):
        return f"http://{LOOPBACK}"  # nobody calls it: each process has a Runtime API of its own

    @classmethod
    def prepare_version(cls, function_version):
        runtime = function_version.config.runtime
        if not (runtime or "").startswith("nodejs"):
            raise ValueError(f"Only functions of a nodejs runtime can run here, not of {runtime}")
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass
