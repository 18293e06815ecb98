import type { HttpAnswer } from "../s3/http-transport.ts";

/** What a service calls the error that it answered with, such as `ThrottlingException`; empty where it is none. */
export function errorTypeOf({ status, headers, body }: HttpAnswer): string {
  if (status < 400) return "";
  const type = headers["x-amzn-errortype"] ?? typeIn(Buffer.from(body).toString());
  return type.replace(/:.*$/, "").replace(/^.*#/, "");
}

function typeIn(text: string): string {
  try {
    const { __type } = JSON.parse(text) as { readonly __type?: unknown };
    return typeof __type === "string" ? __type : "";
  } catch {
    return "";
  }
}
