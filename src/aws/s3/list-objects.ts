import type { ObjectFacts } from "../../storage/object-store.ts";
import { etagOf } from "./head-object.ts";
import type { S3Client } from "./s3-client.ts";
import type { S3Location } from "./s3-location.ts";
import { xmlElements, xmlText } from "./xml-fields.ts";

/** The objects whose key starts with the place's, in key order; a request for each thousand. */
export async function* listObjects(
  client: S3Client,
  { bucket, key: prefix }: S3Location,
): AsyncGenerator<ObjectFacts, void, void> {
  let token: string | null = null;
  do {
    const { body } = await client.send({
      bucket,
      key: "",
      kind: "lists",
      action: "s3:ListBucket",
      method: "GET",
      query: [
        ["list-type", "2"],
        ["encoding-type", "url"],
        ["prefix", prefix],
        ...(token === null ? [] : [["continuation-token", token] as const]),
      ],
    });
    const page = Buffer.from(body).toString();
    for (const entry of xmlElements(page, "Contents")) yield entryFacts(entry);
    token = xmlText(page, "NextContinuationToken");
  } while (token !== null);
}

function entryFacts(entry: string): ObjectFacts {
  return {
    key: decodeURIComponent((xmlText(entry, "Key") ?? "").replaceAll("+", "%20")),
    sizeBytes: Number(xmlText(entry, "Size")),
    etag: etagOf(xmlText(entry, "ETag") ?? ""),
    modifiedMs: Date.parse(xmlText(entry, "LastModified") ?? "") || 0,
  };
}
