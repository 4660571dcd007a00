/** Answers longer than this are compressed for whoever accepts that, as every client in Go does (responsewriters/writers.go). */
const GZIP_THRESHOLD_BYTES = 128 * 1024;
/** What gzip makes of them: 1,572 MB of 165,492 pods became 232 MB (kubernetes-facts A4, kubernetes#138327). */
const GZIP_SHARE = 232 / 1572;

/** How long an answer of so many bytes is on the wire. */
export function compressedBytes(bytes: number): number {
  return bytes > GZIP_THRESHOLD_BYTES ? Math.round(bytes * GZIP_SHARE) : bytes;
}
