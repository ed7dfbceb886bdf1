/**
 * Units of measure. A number that means something carries its unit in its type and in its name.
 *
 * All of these are integers: sums of integers do not depend on the order of addition, and replay
 * compares states bit for bit.
 */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** Microseconds since the start of the run (or since the Unix epoch for recorded data). */
export type TimeUs = Unit<'TimeUs'>;
/** CPU, in thousandths of one core (the Kubernetes unit). */
export type Millicores = Unit<'Millicores'>;
export type Bytes = Unit<'Bytes'>;
/** Money, in millionths of a US dollar. */
export type MicroUsd = Unit<'MicroUsd'>;
/** Power, in milliwatts. */
export type Milliwatts = Unit<'Milliwatts'>;
/** Probability or share, in parts per million. */
export type Ppm = Unit<'Ppm'>;

export const US_PER_SECOND = 1_000_000;
export const US_PER_HOUR = 3_600 * US_PER_SECOND;
export const PPM = 1_000_000;

export const timeUs = (us: number) => Math.round(us) as TimeUs;
export const seconds = (s: number) => Math.round(s * US_PER_SECOND) as TimeUs;
export const millicores = (cores: number) => Math.round(cores * 1_000) as Millicores;
export const mebibytes = (mib: number) => Math.round(mib * 1_048_576) as Bytes;
export const microUsd = (usd: number) => Math.round(usd * 1_000_000) as MicroUsd;
export const milliwatts = (watts: number) => Math.round(watts * 1_000) as Milliwatts;
export const ppm = (share: number) => Math.round(share * PPM) as Ppm;

export const toSeconds = (t: TimeUs) => t / US_PER_SECOND;
export const toCores = (m: Millicores) => m / 1_000;
export const toUsd = (m: MicroUsd) => m / 1_000_000;
