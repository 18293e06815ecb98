/** Someone who may call the emulator. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** The token's time is over. */
  readonly isExpired?: boolean;
  /**
   * What IAM would say of an action such as `s3:GetObject`; everything is allowed where it is not given. `prefix`: of a
   * LIST.
   */
  readonly allows?: (action: string, bucket: string, key: string, prefix: string | null) => boolean;
}
