const REFERENCE =
  /^(?:[A-Za-z0-9.-]+(?::[0-9]+)?\/)?[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*(?::(\w[\w.-]{0,127}))?(@.+)?$/;

/** Tag of an image name, `latest` when it has neither tag nor digest, and '' when it is malformed. */
export function imageTag(image: unknown): string {
  const match = typeof image === 'string' ? REFERENCE.exec(image) : null;
  if (match === null) return '';
  return match[1] ?? (match[2] === undefined ? 'latest' : '');
}
