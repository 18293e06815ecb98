import { folderFacts } from "../../storage/folder-facts.ts";
import type { ListOptions, ObjectFacts } from "../../storage/object-store.ts";
import { etagOf } from "./head-object.ts";
import type { S3Client } from "./s3-client.ts";
import type { S3Location } from "./s3-location.ts";
import { xmlElements, xmlText } from "./xml-fields.ts";

/** The objects whose key starts with the place's, in key order; a request for each thousand entries. */
export async function* listObjects(
  client: S3Client,
  { bucket, key: prefix }: S3Location,
  { oneLevel = false }: ListOptions = {},
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
        ...(oneLevel ? [["delimiter", "/"] as const] : []),
        ...(token === null ? [] : [["continuation-token", token] as const]),
      ],
    });
    const page = Buffer.from(body).toString();
    const objects = xmlElements(page, "Contents").map(entryFacts);
    const folders = xmlElements(page, "CommonPrefixes").map((entry) =>
      folderFacts(decodeKey(xmlText(entry, "Prefix") ?? "")),
    );
    yield* folders.length === 0 ? objects : [...objects, ...folders].sort(byKey);
    token = xmlText(page, "NextContinuationToken");
  } while (token !== null);
}

const decodeKey = (key: string): string => decodeURIComponent(key.replaceAll("+", "%20"));

const byKey = (a: ObjectFacts, b: ObjectFacts): number =>
  Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

function entryFacts(entry: string): ObjectFacts {
  return {
    key: decodeKey(xmlText(entry, "Key") ?? ""),
    sizeBytes: Number(xmlText(entry, "Size")),
    etag: etagOf(xmlText(entry, "ETag") ?? ""),
    modifiedMs: Date.parse(xmlText(entry, "LastModified") ?? "") || 0,
  };
}
