/** Sizes as `docker stats` (12.3MiB, 4.5kB) and `systemd-cgtop` (679.8M, powers of 1024) write them. */
const POWERS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** Bytes; null when it is no size. Without `i` and with a `B` a letter is a power of 1000, as docker means it. */
export function bytesOfSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kKMGTPE]?)(i?)(B?)$/.exec(text.trim());
  if (match === null) return null;
  const power = POWERS.indexOf(match[2]!.toUpperCase());
  const step = match[3] === 'i' || match[4] === '' ? 1_024 : 1_000;
  let bytes = Number(match[1]);
  for (let i = 0; i < power; i += 1) bytes *= step;
  return Math.round(bytes);
}
