/** Percent-encodes all but the characters that URIs leave alone. */
export const encodeAll = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** A key as a path: its slashes stay. */
export const encodeKey = (key: string): string => key.split("/").map(encodeAll).join("/");
