/** The part of the sources that a script is in, as `hub/etcd`; undefined for the runtime and packages. */
export function roomOf(url: string): string | undefined {
  return /\/src\/(\w+(?:\/[\w-]+)*)\/[\w-]+\.ts$/.exec(url)?.[1];
}
