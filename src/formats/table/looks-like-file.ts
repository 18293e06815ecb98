/** True if the last name of a path has an extension: a remote store is asked for it as a file before it is listed as a folder. */
export const looksLikeFile = (path: string): boolean => /\.[^/.]+$/.test(path);
