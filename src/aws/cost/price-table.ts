export type Architecture = "arm64" | "x86_64";

/** Dollars, before any free tier and discount. */
export interface Prices {
  /** The region whose prices they are. */
  readonly region: string;
  readonly architecture: Architecture;
  /** The day they were looked up. */
  readonly asOf: string;
  readonly sources: readonly string[];
  /** Of Lambda, a gigabyte of memory for a second. */
  readonly gbSecond: number;
  readonly invocation: number;
  /** Of S3, one GET or HEAD. */
  readonly get: number;
  /** One PUT, LIST or request of a multipart upload. DELETE costs nothing. */
  readonly put: number;
}

const AS_OF = "2026-11-28";
const SOURCES = ["https://aws.amazon.com/lambda/pricing/", "https://aws.amazon.com/s3/pricing/"];

/** The same in all regions below. */
const GB_SECOND: { readonly [architecture in Architecture]: number } = {
  arm64: 0.0000133334,
  x86_64: 0.0000166667,
};

/** S3 standard, by region; from public quotations of AWS's price list, the newest of 2026. */
const REGIONS = {
  "us-east-1": { get: 0.0000004, put: 0.000005 },
  "us-west-2": { get: 0.0000004, put: 0.000005 },
  "eu-west-2": { get: 0.00000042, put: 0.0000053 },
  "eu-west-3": { get: 0.00000042, put: 0.0000053 },
  "eu-central-1": { get: 0.00000043, put: 0.0000054 },
  "ap-northeast-1": { get: 0.00000037, put: 0.0000047 },
  "ap-southeast-3": { get: 0.0000004, put: 0.000005 },
} as const;

const REFERENCE = "us-east-1";

/** A region that the table lacks is priced as `us-east-1`, and the prices say so. */
export function pricesOf(region: string, architecture: Architecture = "arm64"): Prices {
  const known = region in REGIONS ? (region as keyof typeof REGIONS) : REFERENCE;
  return {
    region: known,
    architecture,
    asOf: AS_OF,
    sources: SOURCES,
    gbSecond: GB_SECOND[architecture],
    invocation: 0.0000002,
    ...REGIONS[known],
  };
}
