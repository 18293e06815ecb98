import { awsDomain } from "../s3/aws-domain.ts";

/** Where a service of AWS is asked, unless someone says otherwise. */
export const serviceOrigin = (service: "lambda" | "ssm", region: string): URL =>
  new URL(`https://${service}.${region}.${awsDomain(region)}`);
