import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { S3Answer } from "./s3-call.ts";
import type { S3Fault } from "./s3-fault.ts";
import type { S3Refusal } from "./s3-refusal.ts";
import { xmlText } from "./xml-text.ts";

/** The bytes of the body that were sent; null where a fault broke the connection. */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: S3Answer,
  fault: S3Fault | undefined,
): Promise<number | null> {
  const isXml = typeof answer.body === "string";
  const text = isXml ? `<?xml version="1.0" encoding="UTF-8"?>\n${answer.body}` : "";
  let body = typeof answer.body === "object" ? answer.body : Buffer.from(text);
  const hasBody = answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, {
    "x-amz-request-id": randomBytes(8).toString("hex").toUpperCase(),
    ...(isXml ? { "content-type": "application/xml" } : {}),
    ...answer.headers,
    ...(hasBody ? { "content-length": String(body.length) } : {}),
  });
  if (request.method === "HEAD" || !hasBody) {
    response.end();
    return 0;
  }
  if (fault?.kind === "corrupt") body = corrupted(body);
  const cut = fault?.kind === "reset" || fault?.kind === "stall" ? fault.afterBytes : undefined;
  if (fault === undefined || cut === undefined) {
    response.end(body);
    return body.length;
  }
  await new Promise<void>((resolve) => response.write(body.subarray(0, cut), () => resolve()));
  if (fault.kind === "reset") {
    request.socket.destroy();
    return null;
  }
  if (fault.kind === "stall") await sleep(fault.ms);
  response.end(body.subarray(cut));
  return body.length;
}

function corrupted(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = copy.length >> 1;
  if (copy.length > 0) copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}

/** What a refusal says on the wire. */
export function refused({ status, code, message, headers, fields }: S3Refusal): S3Answer {
  const extra = Object.entries(fields).map(([name, text]) => xmlText(name, text));
  return {
    status,
    headers,
    body: `<Error>${xmlText("Code", code)}${xmlText("Message", message)}${extra.join("")}</Error>`,
  };
}
