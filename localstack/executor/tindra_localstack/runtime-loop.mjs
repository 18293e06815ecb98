// What runs a handler inside a function's process: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { existsSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

const { AWS_LAMBDA_RUNTIME_API: api, LAMBDA_TASK_ROOT: root, _HANDLER: wanted } = process.env;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(method, path, text = "") {
  const { promise, resolve, reject } = Promise.withResolvers();
  const headers = { "content-length": Buffer.byteLength(text) };
  const url = `http://${api}/2018-06-01/runtime/${path}`;
  const sent = request(url, { method, agent, headers }, async (answer) => {
    const parts = [];
    for await (const part of answer) parts.push(part);
    resolve({ headers: answer.headers, text: Buffer.concat(parts).toString() });
  });
  sent.once("error", reject).end(text);
  return promise;
}

async function handlerOf() {
  const [, file, name] = /^(.*)\.([^.]+)$/.exec(wanted);
  const path = [".mjs", ".js", ".cjs"].map((end) => join(root, file + end)).find(existsSync);
  if (path === undefined) throw fault("Runtime.ImportModuleError", `Cannot find module '${file}'`);
  const handler = (await import(pathToFileURL(path)))[name];
  if (typeof handler === "function") return handler;
  throw fault("Runtime.HandlerNotFound", `${wanted} is undefined or not exported`);
}

const fault = (name, message) => Object.assign(new Error(message), { name });

function faultText(thrown) {
  const { name = "Error", message = String(thrown), stack = "" } = Object(thrown);
  return JSON.stringify({ errorType: name, errorMessage: message, trace: stack.split("\n") });
}

function peakMemoryKb() {
  if (process.platform !== "linux") return Math.ceil(process.memoryUsage.rss() / 1024);
  // The system's own peak of a process starts with that of its parent, this one with the program.
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
}

function contextOf(headers) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function answerNext(handler) {
  const next = await ask("GET", "invocation/next");
  const context = contextOf(next.headers);
  let path = "response";
  let text;
  try {
    text = JSON.stringify((await handler(JSON.parse(next.text), context)) ?? null);
  } catch (thrown) {
    process.stderr.write(`${inspect(thrown)}\n`);
    path = "error";
    text = faultText(thrown);
  }
  process.stdout.write(`\n\u001d${JSON.stringify({ peakMemoryKb: peakMemoryKb() })}\n`);
  await ask("POST", `invocation/${context.awsRequestId}/${path}`, text);
}

let handler;
try {
  handler = await handlerOf();
} catch (thrown) {
  process.stderr.write(`${inspect(thrown)}\n`);
  await ask("POST", "init/error", faultText(thrown));
  process.exit(1);
}
try {
  for (;;) await answerNext(handler);
} catch {
  process.exit(1); // whoever asked is gone
}
