/** What the names of AWS's hosts end with: China's are a partition of their own. */
export const awsDomain = (region: string): string =>
  region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
