import { request } from "node:http";
import { pathToFileURL } from "node:url";

// The process of one execution environment: loads the handler, then asks the Runtime API for events until it is killed.

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const environment = process.env;
const [host = "", port = ""] = (environment["AWS_LAMBDA_RUNTIME_API"] ?? "").split(":");

function call(
  method: string,
  path: string,
  body = "",
): Promise<{ headers: NodeJS.Dict<string | string[]>; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path: `/2018-06-01/runtime${path}` }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("end", () =>
        resolve({ headers: response.headers, text: Buffer.concat(pieces).toString() }),
      );
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const failure = (thrown: unknown): string =>
  JSON.stringify(
    thrown instanceof Error
      ? { errorType: thrown.name, errorMessage: thrown.message, trace: [thrown.stack ?? ""] }
      : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] },
  );

async function loadHandler(): Promise<Handler> {
  const [, module = "", name = ""] = /^(.*)\.([^.]+)$/.exec(environment["_HANDLER"] ?? "") ?? [];
  const file = /\.[cm]?[jt]s$/.test(module) ? module : `${module}.mjs`;
  const url = pathToFileURL(`${environment["LAMBDA_TASK_ROOT"]}/${file}`).href;
  const exported = (await import(url)) as { readonly [name: string]: Handler | undefined };
  const handler = exported[name];
  if (handler === undefined) throw new TypeError(`${name} is not exported by ${file}`);
  return handler;
}

async function serve(handler: Handler): Promise<never> {
  for (;;) {
    const { headers, text } = await call("GET", "/invocation/next");
    const id = String(headers["lambda-runtime-aws-request-id"]);
    const deadline = Number(headers["lambda-runtime-deadline-ms"]);
    const context = {
      awsRequestId: id,
      functionName: environment["AWS_LAMBDA_FUNCTION_NAME"],
      memoryLimitInMB: environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
      invokedFunctionArn: String(headers["lambda-runtime-invoked-function-arn"]),
      getRemainingTimeInMillis: () => deadline - Date.now(),
    };
    try {
      const answer = await handler(JSON.parse(text), context);
      await call("POST", `/invocation/${id}/response`, JSON.stringify(answer) ?? "null");
    } catch (thrown) {
      await call("POST", `/invocation/${id}/error`, failure(thrown));
    }
  }
}

try {
  await serve(await loadHandler());
} catch (thrown) {
  await call("POST", "/init/error", failure(thrown)).catch(() => undefined);
  process.exit(1);
}
