import type { ObjectFacts } from "../../storage/object-store.ts";
import type { HttpAnswer } from "./http-transport.ts";
import type { S3Answer, S3Client } from "./s3-client.ts";
import type { S3Location } from "./s3-location.ts";

/** Asks for an object's headers alone. */
export const headObject = (client: S3Client, place: S3Location): Promise<S3Answer> =>
  client.send({ ...place, kind: "heads", action: "s3:GetObject", method: "HEAD" });

/** What the headers of a GET or a HEAD say of the object, of which the answer may be a part. */
export function factsOf({ headers }: HttpAnswer): Omit<ObjectFacts, "key"> {
  const whole = /\/(\d+)$/.exec(headers["content-range"] ?? "")?.[1];
  return {
    sizeBytes: Number(whole ?? headers["content-length"] ?? 0),
    etag: etagOf(headers["etag"] ?? ""),
    modifiedMs: Date.parse(headers["last-modified"] ?? "") || 0,
  };
}

/** An entity tag without its quotation marks. */
export const etagOf = (quoted: string): string => quoted.replaceAll('"', "");
