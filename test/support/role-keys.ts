import type { LambdaCaller } from "../emulator/lambda/lambda-caller.ts";
import type { S3Credentials } from "../emulator/s3/s3-credentials.ts";
import { allows, type PolicyStatement, type RequestContext } from "./engine-policies.ts";

/** The keys of a role, as Lambda gives them to a function: with a session token. */
export const keysOf = (role: string) => ({
  accessKeyId: role,
  secretAccessKey: `secret-of-${role}`,
  sessionToken: `token-of-${role}`,
});

/** A role for the S3 emulator, which may do what its statements say; what they do not is added to `denied`. */
export function credentialsOf(
  statements: readonly PolicyStatement[],
  role: string,
  denied: string[],
): S3Credentials {
  return {
    ...keysOf(role),
    allows: (action, bucket, key, prefix) => {
      const isOfBucket = action === "s3:ListBucket";
      const arn = `arn:aws:s3:::${bucket}${isOfBucket ? "" : `/${key}`}`;
      const context: RequestContext = prefix === null ? {} : { "s3:prefix": prefix };
      if (allows(statements, role, action, arn, context)) return true;
      denied.push(`${role} ${action} ${arn}`);
      return false;
    },
  };
}

/** The same for the Lambda emulator. */
export function callerOf(
  statements: readonly PolicyStatement[],
  role: string,
  denied: string[],
): LambdaCaller {
  return {
    ...keysOf(role),
    allows: (action, arn) => {
      if (allows(statements, role, action, arn)) return true;
      denied.push(`${role} ${action} ${arn}`);
      return false;
    },
  };
}
