import { checksumHeaders } from "./checksum-headers.ts";
import type { S3Client } from "./s3-client.ts";
import { errorOfCode } from "./s3-error.ts";
import type { S3Location } from "./s3-location.ts";
import { xmlElements, xmlEncode, xmlText } from "./xml-fields.ts";

const MAX_KEYS = 1000;

/** Removes objects, a thousand of one bucket a request. Those that are not there are no error. */
export async function deleteObjects(
  client: S3Client,
  places: readonly S3Location[],
): Promise<void> {
  const batches: Promise<void>[] = [];
  for (const [bucket, keys] of Map.groupBy(places, (place) => place.bucket))
    for (let at = 0; at < keys.length; at += MAX_KEYS)
      batches.push(deleteBatch(client, bucket, keys.slice(at, at + MAX_KEYS)));
  const failed = (await Promise.allSettled(batches)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}

async function deleteBatch(
  client: S3Client,
  bucket: string,
  places: readonly S3Location[],
): Promise<void> {
  const objects = places.map(({ key }) => `<Object><Key>${xmlEncode(key)}</Key></Object>`);
  const body = Buffer.from(`<Delete><Quiet>true</Quiet>${objects.join("")}</Delete>`);
  const action = "s3:DeleteObject";
  const answer = await client.send({
    bucket,
    key: "",
    kind: "deletes",
    action,
    method: "POST",
    query: [["delete", ""]],
    headers: { "content-type": "application/xml", ...checksumHeaders([body]) },
    body: [body],
  });
  const [error] = xmlElements(Buffer.from(answer.body).toString(), "Error");
  if (error === undefined) return;
  throw errorOfCode(
    { bucket, key: xmlText(error, "Key") ?? "", action },
    {
      status: 0,
      code: xmlText(error, "Code") ?? "",
      said: xmlText(error, "Message") ?? "",
      attempt: answer.attempt,
    },
  );
}
