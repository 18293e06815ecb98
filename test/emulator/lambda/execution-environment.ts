import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { functionArn, type LambdaFunction } from "./lambda-function.ts";

/** How one invocation ended. `body` is the answer, or what Lambda says of the error. */
export interface InvocationEnd {
  readonly isError: boolean;
  readonly body: Buffer;
}

export interface InvocationOptions {
  /** Milliseconds after the event was handed over at which the process is killed. */
  readonly killAfterMs?: number;
  readonly killsBeforeAnswer?: boolean;
}

interface UnderWay {
  readonly id: string;
  readonly payload: string;
  readonly deadlineMs: number;
  readonly options: InvocationOptions;
  readonly settle: (end: InvocationEnd) => void;
  sent: boolean;
}

const MAX_ANSWER_BYTES = 6 * 1024 * 1024;
const INIT_MS = 30_000;
const RUNTIME = new URL("./runtime.ts", import.meta.url).pathname;

/** One environment of a function: a process of its own that serves one invocation at a time, and is kept between them. */
export class ExecutionEnvironment {
  /** From the start of the process to its first request for an event; null before. */
  initMs: number | null = null;
  readonly log: string[] = [];
  private readonly of: LambdaFunction;
  private readonly extra: { readonly [name: string]: string };
  private process: ChildProcess | null = null;
  private server: Server | null = null;
  private folder: string | null = null;
  private waiting: ServerResponse | null = null;
  private underWay: UnderWay | null = null;
  private initialized: PromiseWithResolvers<InvocationEnd | null> | null = null;

  constructor(of: LambdaFunction, extra: { readonly [name: string]: string }) {
    this.of = of;
    this.extra = extra;
  }

  get isWarm(): boolean {
    return this.process !== null;
  }

  async invoke(id: string, payload: string, options: InvocationOptions): Promise<InvocationEnd> {
    if (this.process === null) {
      const failed = await this.start();
      if (failed !== null) return failed;
    }
    const { timeoutSeconds } = this.of;
    const ended = Promise.withResolvers<InvocationEnd>();
    const timer = setTimeout(() => {
      this.kill();
      const message = `RequestId: ${id} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      ended.resolve(errorEnd("Sandbox.Timedout", message));
    }, timeoutSeconds * 1000);
    const deadlineMs = Date.now() + timeoutSeconds * 1000;
    const settle = (end: InvocationEnd): void => ended.resolve(end);
    this.underWay = { id, payload, deadlineMs, options, settle, sent: false };
    this.handOver();
    try {
      return await ended.promise;
    } finally {
      clearTimeout(timer);
      this.underWay = null;
    }
  }

  /** The environment dies; what runs in it ends as a crash. */
  crash(): void {
    this.process?.kill("SIGKILL");
  }

  close(): void {
    this.kill();
    this.server?.close();
    this.server?.closeAllConnections();
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
  }

  private kill(): void {
    const process = this.process;
    this.process = null;
    this.waiting = null;
    process?.kill("SIGKILL");
  }

  /** Null when the process asks for its first event, else how it failed. */
  private async start(): Promise<InvocationEnd | null> {
    const startMs = performance.now();
    this.server ??= await listening((request, response) => this.answer(request, response));
    this.folder ??= mkdtempSync(join(tmpdir(), "tindra-lambda-"));
    this.initialized = Promise.withResolvers();
    const { port } = this.server.address() as AddressInfo;
    const { of } = this;
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${Math.floor(of.memoryMb * 0.9)}`,
        "--disable-warning=ExperimentalWarning",
        RUNTIME,
      ],
      {
        cwd: of.code,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: process.env["PATH"],
          TMPDIR: this.folder,
          TZ: ":UTC",
          AWS_REGION: "us-east-1",
          AWS_DEFAULT_REGION: "us-east-1",
          AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
          AWS_LAMBDA_FUNCTION_NAME: of.name,
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${of.memoryMb}`,
          AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
          LAMBDA_TASK_ROOT: of.code,
          _HANDLER: of.handler,
          ...this.extra,
          ...of.environment,
        },
      },
    );
    this.process = child;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => this.log.push(text));
    child.on("exit", (code, signal) => this.exited(child, code, signal));
    const timer = setTimeout(
      () => this.initialized?.resolve(errorEnd("Sandbox.Timedout", "Init timed out")),
      INIT_MS,
    );
    const failed = await this.initialized.promise;
    clearTimeout(timer);
    if (failed !== null) this.kill();
    else this.initMs = performance.now() - startMs;
    return failed;
  }

  private exited(child: ChildProcess, code: number | null, signal: string | null): void {
    if (this.process !== child) return;
    this.process = null;
    this.waiting = null;
    const ended = this.log.join("").includes("JavaScript heap out of memory")
      ? errorEnd(
          "Runtime.OutOfMemory",
          `RequestId: ${this.underWay?.id} Error: Runtime exited with error: signal: killed`,
        )
      : errorEnd(
          "Runtime.ExitError",
          `RequestId: ${this.underWay?.id} Error: Runtime exited ${signal === null ? `with error: exit status ${code}` : "with error: signal: killed"}`,
        );
    this.initialized?.resolve(ended);
    this.underWay?.settle(ended);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = (request.url ?? "").replace("/2018-06-01/runtime", "");
    if (path === "/invocation/next") {
      this.initialized?.resolve(null);
      this.waiting = response;
      this.handOver();
      return;
    }
    const [, , id, kind] = path.split("/");
    if (this.underWay?.id === id && this.underWay?.options.killsBeforeAnswer === true) {
      this.crash();
      return;
    }
    response.writeHead(202).end();
    if (path === "/init/error") this.initialized?.resolve({ isError: true, body });
    else if (this.underWay?.id === id) this.underWay?.settle(checked(kind === "error", body));
  }

  private handOver(): void {
    const { waiting, underWay } = this;
    if (waiting === null || underWay === null || underWay.sent) return;
    underWay.sent = true;
    this.waiting = null;
    waiting
      .writeHead(200, {
        "content-type": "application/json",
        "Lambda-Runtime-Aws-Request-Id": underWay.id,
        "Lambda-Runtime-Deadline-Ms": underWay.deadlineMs,
        "Lambda-Runtime-Invoked-Function-Arn": functionArn(this.of.name),
      })
      .end(underWay.payload);
    const { killAfterMs } = underWay.options;
    if (killAfterMs !== undefined)
      setTimeout(() => {
        if (this.underWay === underWay) this.crash();
      }, killAfterMs);
  }
}

function checked(isError: boolean, body: Buffer): InvocationEnd {
  if (body.length <= MAX_ANSWER_BYTES) return { isError, body };
  return errorEnd(
    "Function.ResponseSizeTooLarge",
    `Response payload size exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`,
  );
}

const errorEnd = (errorType: string, errorMessage: string): InvocationEnd => ({
  isError: true,
  body: Buffer.from(JSON.stringify({ errorType, errorMessage })),
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function listening(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
