import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ExecutionEnvironment, type InvocationEnd } from "./execution-environment.ts";
import { accessKeyOf, denialOf, type LambdaCaller } from "./lambda-caller.ts";
import type { Invocation, LambdaFault, LambdaFaultRule } from "./lambda-fault.ts";
import { functionArn, functionNameOf, type LambdaFunction } from "./lambda-function.ts";

export interface LambdaEmulatorOptions {
  readonly functions: readonly LambdaFunction[];
  /** For every function, besides its own environment: endpoints and credentials. */
  readonly environment?: { readonly [name: string]: string };
  /** What SSM's GetParameter answers at the same endpoint. */
  readonly parameters?: { readonly [name: string]: string };
  /** Who may call, and what; where it is not given everyone may, without a signature. */
  readonly callers?: readonly LambdaCaller[];
  /** Default 1,000. */
  readonly accountConcurrency?: number;
}

/** One invocation that was let in, as Lambda would bill it. */
export interface LoggedInvocation extends Invocation {
  /** Of whom invoked it. */
  readonly accessKeyId: string;
  readonly isError: boolean;
  /** What the function answered, or Lambda for it. */
  readonly answer: string;
  readonly wasCold: boolean;
  readonly durationMs: number;
}

interface Running {
  readonly functionName: string;
  readonly payload: string;
  readonly environment: ExecutionEnvironment;
}

type Called = Invocation & Pick<LoggedInvocation, "accessKeyId">;

const MAX_BYTES = 6 * 1024 * 1024;
const MAX_EVENT_BYTES = 1024 * 1024;
const PARAMETER_ARN = "arn:aws:ssm:us-east-1:000000000000:parameter";
const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Lambda's Invoke on this machine: every environment of a function is a process that talks the Runtime API. */
export class LambdaEmulator {
  readonly log: LoggedInvocation[] = [];
  throttled = 0;
  /** The greatest number of invocations at once. */
  peak = 0;
  private readonly options: LambdaEmulatorOptions;
  private readonly functions: ReadonlyMap<string, LambdaFunction>;
  private readonly idle = new Map<string, ExecutionEnvironment[]>();
  private readonly all = new Set<ExecutionEnvironment>();
  private readonly running = new Set<Running>();
  private readonly server = createServer((request, response) => {
    this.handle(request, response).catch((thrown) => response.writeHead(500).end(String(thrown)));
  });
  private rules: readonly LambdaFaultRule[] = [];
  private invocations = 0;

  private constructor(options: LambdaEmulatorOptions) {
    this.options = options;
    this.functions = new Map(options.functions.map((of) => [of.name, of]));
  }

  static async start(options: LambdaEmulatorOptions): Promise<LambdaEmulator> {
    const emulator = new LambdaEmulator(options);
    await new Promise<void>((resolve) => emulator.server.listen(0, "127.0.0.1", () => resolve()));
    return emulator;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Gives back what takes the rule away again. */
  addFault(rule: LambdaFaultRule): () => void {
    this.rules = [...this.rules, rule];
    return () => {
      this.rules = this.rules.filter((other) => other !== rule);
    };
  }

  /** Kills the environments in which such invocations run. How many there were. */
  crash(which: (running: { functionName: string; payload: string }) => boolean): number {
    const hit = [...this.running].filter(which);
    for (const { environment } of hit) environment.crash();
    return hit.length;
  }

  /** Ends all warm environments, so that the next invocations are cold. */
  coolDown(): void {
    for (const environment of this.all) environment.close();
    this.all.clear();
    this.idle.clear();
  }

  /** What all environments wrote to their logs. */
  output(): string {
    return [...this.all].flatMap((environment) => environment.log).join("");
  }

  async close(): Promise<void> {
    this.coolDown();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const payload = Buffer.concat(pieces);
    const refuse = (status: number, type: string, message: string, more = {}): void => {
      response
        .writeHead(status, { "content-type": "application/json", "x-amzn-errortype": type })
        .end(JSON.stringify({ Type: "User", message, ...more }));
    };
    if (request.headers["x-amz-target"] === "AmazonSSM.GetParameter") {
      this.answerParameter(request, payload, response);
      return;
    }
    const reference = PATH.exec(request.url ?? "")?.[1];
    if (reference === undefined)
      return refuse(404, "UnknownOperationException", "Only Invoke is known");
    const denial = this.denial(request, payload, "lambda:InvokeFunction", arnOf(reference));
    if (denial !== null) return refuse(403, "AccessDeniedException", denial);
    const of = this.functions.get(functionNameOf(reference));
    if (of === undefined)
      return refuse(404, "ResourceNotFoundException", `Function not found: ${reference}`);
    const isEvent = request.headers["x-amz-invocation-type"] === "Event";
    const most = isEvent ? MAX_EVENT_BYTES : MAX_BYTES;
    if (payload.length > most)
      return refuse(
        413,
        "RequestEntityTooLargeException",
        `${payload.length} byte payload is too large for the ${isEvent ? "Event" : "RequestResponse"} invocation type (limit ${most} bytes)`,
      );
    const invocation: Invocation = {
      functionName: of.name,
      index: this.invocations++,
      payload: payload.toString(),
    };
    const fault = this.faultOf(invocation);
    if (fault?.kind === "error")
      return refuse(fault.status, "ServiceException", "The service had an error");
    if (fault?.kind === "throttle" || this.isFull(of)) {
      this.throttled++;
      return refuse(429, "TooManyRequestsException", "Rate Exceeded.", {
        Reason: "ConcurrentInvocationLimitExceeded",
      });
    }
    const ran = this.run(of, { ...invocation, accessKeyId: accessKeyOf(request) }, fault);
    if (isEvent) {
      response.writeHead(202).end();
      await ran;
      return;
    }
    const end = await ran;
    if (fault?.kind === "lostAnswer") {
      request.socket.destroy();
      return;
    }
    response
      .writeHead(200, {
        "content-type": "application/json",
        "x-amz-executed-version": "$LATEST",
        ...(end.isError ? { "x-amz-function-error": "Unhandled" } : {}),
      })
      .end(end.body);
  }

  private denial(
    request: IncomingMessage,
    payload: Buffer,
    action: string,
    arn: string,
  ): string | null {
    const { callers } = this.options;
    return callers === undefined ? null : denialOf(request, payload, callers, { action, arn });
  }

  private answerParameter(
    request: IncomingMessage,
    payload: Buffer,
    response: ServerResponse,
  ): void {
    const { Name } = JSON.parse(payload.toString()) as { Name: string };
    const Value = this.options.parameters?.[Name];
    const message = this.denial(request, payload, "ssm:GetParameter", `${PARAMETER_ARN}${Name}`);
    response.setHeader("content-type", "application/x-amz-json-1.1");
    if (message !== null)
      response.writeHead(400).end(JSON.stringify({ __type: "AccessDeniedException", message }));
    else if (Value === undefined)
      response.writeHead(400).end(JSON.stringify({ __type: "ParameterNotFound" }));
    else response.end(JSON.stringify({ Parameter: { Name, Value } }));
  }

  private faultOf(invocation: Invocation): LambdaFault | undefined {
    for (const rule of this.rules) {
      const fault = rule(invocation);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  private isFull({ name, reservedConcurrency }: LambdaFunction): boolean {
    if (reservedConcurrency === null)
      return this.running.size >= (this.options.accountConcurrency ?? 1000);
    const own = [...this.running].filter(({ functionName }) => functionName === name);
    return own.length >= reservedConcurrency;
  }

  private async run(
    of: LambdaFunction,
    invocation: Called,
    fault: LambdaFault | undefined,
  ): Promise<InvocationEnd> {
    if (fault?.kind !== "twice") return this.runOnce(of, invocation, fault);
    const ends = await Promise.all([
      this.runOnce(of, invocation, undefined),
      this.runOnce(of, invocation, undefined),
    ]);
    return ends[1];
  }

  private async runOnce(
    of: LambdaFunction,
    invocation: Called,
    fault: LambdaFault | undefined,
  ): Promise<InvocationEnd> {
    const environment = this.idle.get(of.name)?.pop() ?? this.newEnvironment(of);
    const running = { functionName: of.name, payload: invocation.payload, environment };
    this.running.add(running);
    this.peak = Math.max(this.peak, this.running.size);
    const wasCold = !environment.isWarm;
    const startMs = performance.now();
    if (fault?.kind === "late") await sleep(fault.ms);
    const end = await environment.invoke(randomUUID(), invocation.payload, {
      ...(fault?.kind === "kill" ? { killAfterMs: fault.afterMs ?? 0 } : {}),
      killsBeforeAnswer: fault?.kind === "killBeforeAnswer",
    });
    this.running.delete(running);
    if (this.all.has(environment))
      this.idle.set(of.name, [...(this.idle.get(of.name) ?? []), environment]);
    const durationMs = performance.now() - startMs;
    const { isError, body } = end;
    this.log.push({ ...invocation, isError, answer: body.toString(), wasCold, durationMs });
    return end;
  }

  private newEnvironment(of: LambdaFunction): ExecutionEnvironment {
    const environment = new ExecutionEnvironment(of, {
      AWS_ENDPOINT_URL_LAMBDA: this.endpoint,
      ...this.options.environment,
    });
    this.all.add(environment);
    return environment;
  }
}

function arnOf(reference: string): string {
  const name = decodeURIComponent(reference);
  return name.startsWith("arn:") ? name : functionArn(name);
}
