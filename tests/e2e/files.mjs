// Files that tests give to "Open file", made in memory.

export function file(name, content, mimeType = "application/json") {
  const buffer = Buffer.isBuffer(content) ? content : Buffer.from(content, "utf8");
  return { name, mimeType, buffer };
}

/** The smallest picture: one dot. */
export const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==",
  "base64",
);
