import { awsDomain } from "./aws-domain.ts";
import type { S3Settings } from "./s3-settings.ts";
import { profileRegion } from "./signing-region.ts";

export interface BucketEndpoint {
  readonly origin: URL;
  /** What requests are signed for. */
  readonly region: string;
  /** True if the bucket stands in the path. */
  readonly isInPath: boolean;
}

/** Where each bucket is asked: as the settings say, until S3 has named its region. */
export class BucketRegions {
  private readonly settings: S3Settings;
  private readonly learned = new Map<string, string>();
  private readonly endpoints = new Map<string, BucketEndpoint>();
  private own: Promise<string> | null = null;

  constructor(settings: S3Settings) {
    this.settings = settings;
  }

  async endpointOf(bucket: string): Promise<BucketEndpoint> {
    const known = this.endpoints.get(bucket);
    if (known !== undefined) return known;
    const region = this.learned.get(bucket) ?? (await this.ownRegion());
    const endpoint = this.endpointIn(bucket, region);
    this.endpoints.set(bucket, endpoint);
    return endpoint;
  }

  /** S3 has said where a bucket is. */
  learn(bucket: string, region: string): void {
    this.learned.set(bucket, region);
    this.endpoints.delete(bucket);
  }

  private ownRegion(): Promise<string> {
    const { region } = this.settings;
    this.own ??= region === null ? profileRegion() : Promise.resolve(region);
    return this.own;
  }

  /** A dot in a bucket's name does not fit the certificate for virtual hosts. */
  private endpointIn(bucket: string, region: string): BucketEndpoint {
    const { endpoint, pathStyle } = this.settings;
    const base = new URL(endpoint ?? `https://s3.${region}.${awsDomain(region)}`);
    const isInPath = pathStyle || (base.protocol === "https:" && bucket.includes("."));
    if (isInPath) return { origin: base, region, isInPath };
    const origin = new URL(base);
    origin.hostname = `${bucket}.${base.hostname}`;
    return { origin, region, isInPath };
  }
}
