/**
 * A planning model of radio links: from places to loss. Log-distance path loss with log-normal shadowing gives the
 * signal, thermal noise and the receiver's noise figure give the SNR, and the SNR gives the loss of a broadcast frame at
 * the basic rate and the rate that unicast can hold. It is for planning links that nobody has measured; a measured loss
 * is better than any of it.
 *
 * Sources: free space at the reference distance (Friis); exponents 2.0 free space, 2.7–3.5 urban (Rappaport, Wireless
 * Communications, table 4.2); noise −174 dBm/Hz; minimum SNR per rate from the sensitivities of IEEE 802.11-2020,
 * 17.3.10.2 (10 % frame errors, 20 MHz) less thermal noise, 10 dB noise figure and 5 dB implementation margin; beyond the
 * minimum the odds of a frame fall by a factor e per dB.
 */
import { exp, log, nextNormal, randomStream, sineOfTurns } from '@/engine/kernel';
import type { MeshLinkSpec, MeshRouterSpec, MeshSpec } from '../mesh-spec';

export type RadioPlan = {
  /** Metres per unit of the routers' x and y; left out for longitude and latitude in degrees. */
  readonly metresPerUnit?: number;
  readonly frequencyMhz?: number;
  readonly bandwidthMhz?: number;
  readonly transmitDbm?: number;
  /** Of both antennas together. */
  readonly antennaGainDb?: number;
  readonly pathLossExponent?: number;
  /** Standard deviation of shadowing by buildings and trees; one draw per link. */
  readonly shadowingDb?: number;
  readonly noiseFigureDb?: number;
  /** Links with more loss than this are left out. */
  readonly lossPercentMax?: number;
};

const DEFAULT = { frequencyMhz: 2_437, bandwidthMhz: 20, transmitDbm: 20, antennaGainDb: 10, pathLossExponent: 2.9, shadowingDb: 4, noiseFigureDb: 8, lossPercentMax: 90 } as const;

/** Rate in Mbit/s and the least SNR in dB that holds it (OFDM, 20 MHz). Broadcasts go at the first. */
export const RATES = [[6, 4], [9, 5], [12, 7], [18, 9], [24, 12], [36, 16], [48, 20], [54, 21]] as const;
/** Pairs that would need more than so many standard deviations of luck to hear anything are not looked at. */
const SHADOWS_MAX = 4;
const OUT_OF_REACH_DB = 10;
const METRES_PER_DEGREE = 111_320;
const LOG10 = 2.302585092994046;
const log10 = (x: number) => log(x) / LOG10;

/** Free space at one metre: 20 log10(f) − 27.55 with f in MHz. */
export const pathLossDb = (metres: number, frequencyMhz: number, exponent: number) => 20 * log10(frequencyMhz) - 27.55 + 10 * exponent * log10(Math.max(1, metres));

export const noiseDbm = (bandwidthMhz: number, noiseFigureDb: number) => -174 + 10 * log10(bandwidthMhz * 1e6) + noiseFigureDb;

/** At the minimum a tenth of the frames is lost: odds of one to nine. */
const AT_MINIMUM = 2.1972245773362196;

/** Share of frames lost at a rate that needs `snrMin` dB. */
export const frameLoss = (snrDb: number, snrMin: number) => 1 / (1 + exp(Math.max(-40, Math.min(40, snrDb - snrMin + AT_MINIMUM))));

/** The fastest rate with at most a tenth of the frames lost; null when none holds. */
export function unicastMbps(snrDb: number): number | null {
  const held = RATES.findLast(([, snrMin]) => snrDb >= snrMin);
  return held === undefined ? null : held[0];
}

export type PlannedLink = MeshLinkSpec & { readonly metres: number; readonly snrDb: number };

/** Links between all pairs of placed routers that can hear each other. One shadowing draw per pair and seed, so a plan is the same each time. */
export function planLinks(routers: readonly MeshRouterSpec[], plan: RadioPlan, seed: number): PlannedLink[] {
  const set = { ...DEFAULT, ...plan };
  const placed = routers.filter((router) => router.x !== undefined && router.y !== undefined);
  const noise = noiseDbm(set.bandwidthMhz, set.noiseFigureDb);
  return placed.flatMap((a, i) =>
    placed.slice(i + 1).flatMap((b): PlannedLink[] => {
      const metres = metresBetween(a, b, plan.metresPerUnit);
      const meanDb = set.transmitDbm + set.antennaGainDb - pathLossDb(metres, set.frequencyMhz, set.pathLossExponent) - noise;
      if (meanDb + SHADOWS_MAX * set.shadowingDb < RATES[0][1] - OUT_OF_REACH_DB) return [];
      const shadow = set.shadowingDb * nextNormal(randomStream(seed, `radio/${a.name < b.name ? `${a.name}|${b.name}` : `${b.name}|${a.name}`}`));
      const snrDb = meanDb + shadow;
      const lossPercent = Math.round(1_000 * frameLoss(snrDb, RATES[0][1])) / 10;
      const rateMbps = unicastMbps(snrDb) ?? RATES[0][0];
      return lossPercent > set.lossPercentMax ? [] : [{ a: a.name, b: b.name, lossPercent, rateMbps, delayMs: 1, metres: Math.round(metres), snrDb: Math.round(snrDb * 10) / 10 }];
    }),
  );
}

/** The mesh with planned links in place of its own; measured links of the same pair stay. */
export function planMesh(mesh: MeshSpec, plan: RadioPlan, seed: number): MeshSpec {
  const pairOf = ({ a, b }: Pick<MeshLinkSpec, 'a' | 'b'>) => (a < b ? `${a}|${b}` : `${b}|${a}`);
  const measured = new Set(mesh.links.map(pairOf));
  const links = planLinks(mesh.routers, plan, seed).filter((link) => !measured.has(pairOf(link)));
  return { ...mesh, links: [...mesh.links, ...links.map(({ metres: _metres, snrDb: _snr, ...link }) => link)] };
}

function metresBetween(a: MeshRouterSpec, b: MeshRouterSpec, metresPerUnit: number | undefined): number {
  const [dx, dy] = [b.x! - a.x!, b.y! - a.y!];
  if (metresPerUnit !== undefined) return Math.sqrt(dx * dx + dy * dy) * metresPerUnit;
  const shrink = sineOfTurns(0.25 + (a.y! + b.y!) / 2 / 360); // cosine of the latitude
  return Math.sqrt(dx * shrink * dx * shrink + dy * dy) * METRES_PER_DEGREE;
}
