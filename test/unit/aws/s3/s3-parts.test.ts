import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BucketRegions } from "../../../../src/aws/s3/bucket-regions.ts";
import { cutPieces } from "../../../../src/aws/s3/cut-pieces.ts";
import { isS3Path, parseS3Path, s3Path } from "../../../../src/aws/s3/s3-location.ts";
import { S3_DEFAULTS, s3SettingsOf } from "../../../../src/aws/s3/s3-settings.ts";
import { xmlEncode, xmlText } from "../../../../src/aws/s3/xml-fields.ts";

describe("A path in S3", () => {
  it("is read as bucket and key, whatever the key, and written back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (key) => {
        const place = { bucket: "my-bucket.2", key };
        expect(parseS3Path(s3Path(place))).toEqual(place);
      }),
    );
    expect(parseS3Path("s3a://bucket")).toEqual({ bucket: "bucket", key: "" });
    expect(isS3Path("/s3://x")).toBe(false);
  });

  it.each(["s3:///key", "s3://B/key", "s3://a..b/key", "s3://a b/key", "s3://a@host/key"])(
    "is refused where it names no bucket: %s",
    (path) => {
      expect(() => parseS3Path(path)).toThrow(
        expect.objectContaining({ condition: "INVALID_S3_PATH" }),
      );
    },
  );
});

describe("Settings from the environment", () => {
  it("are AWS's own names", () => {
    expect(s3SettingsOf({})).toEqual(S3_DEFAULTS);
    const AWS_ENDPOINT_URL = "http://localhost:4566";
    expect(s3SettingsOf({ AWS_DEFAULT_REGION: "eu-west-1", AWS_ENDPOINT_URL })).toMatchObject({
      region: "eu-west-1",
      endpoint: AWS_ENDPOINT_URL,
      pathStyle: true,
    });
    expect(
      s3SettingsOf({
        AWS_ENDPOINT_URL,
        AWS_ENDPOINT_URL_S3: "http://s3",
        TINDRA_S3_PATH_STYLE: "false",
      }),
    ).toMatchObject({ endpoint: "http://s3", pathStyle: false });
    expect(
      s3SettingsOf({ AWS_ENDPOINT_URL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }).endpoint,
    ).toBeNull();
  });

  it("decide the host, unless the bucket's name does not fit one", async () => {
    const hostOf = async (bucket: string, settings: object) => {
      const regions = new BucketRegions({ ...S3_DEFAULTS, region: "eu-north-1", ...settings });
      const { origin, isInPath } = await regions.endpointOf(bucket);
      return `${origin.origin}${isInPath ? "/bucket" : ""}`;
    };
    expect(await hostOf("data", {})).toBe("https://data.s3.eu-north-1.amazonaws.com");
    expect(await hostOf("my.data", {})).toBe("https://s3.eu-north-1.amazonaws.com/bucket");
    expect(await hostOf("data", { region: "cn-north-1" })).toBe(
      "https://data.s3.cn-north-1.amazonaws.com.cn",
    );
    expect(await hostOf("data", { endpoint: "http://localhost:9000" })).toBe(
      "http://data.localhost:9000",
    );
  });
});

describe("Parts of an upload", () => {
  it("hold the same bytes, all of one size but the last", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 20 })),
        fc.integer({ min: 1, max: 30 }),
        (pieces, partBytes) => {
          const parts = cutPieces(pieces, partBytes).map((part) => Buffer.concat(part));
          expect(Buffer.concat(parts).equals(Buffer.concat(pieces))).toBe(true);
          for (const part of parts.slice(0, -1)) expect(part).toHaveLength(partBytes);
          expect(parts.at(-1)?.length ?? 1).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe("XML", () => {
  it("gives back the text that was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(xmlText(`<a><b>${xmlEncode(text)}</b></a>`, "b")).toBe(text);
      }),
    );
  });
});
