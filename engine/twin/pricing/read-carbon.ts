/** Reads power models and what somebody wrote about the grid behind a system. */
import { member, note, onlyKeys, optional, readChoice, readList, readNumber, readText, type SpecReader } from '../spec-reader';
import type { CarbonSpec, GridSpec } from './carbon-spec';
import type { PowerModelSpec, PowerSpec } from './power-model';

const POWER_KINDS = ['linear', 'sqrt', 'square', 'cubic', 'mse', 'asymptotic', 'points'] as const;
const GRID_KEYS = ['region', 'gramsPerKwh', 'series'];
const grams = { min: 0, max: 5_000 };
const watts = { min: 0, max: 100_000 };

export function readPower(at: SpecReader): PowerSpec {
  onlyKeys(at, ['model', 'sleep']);
  return {
    model: optional(at, 'model', readPowerModel),
    sleep: optional(at, 'sleep', (m) => {
      onlyKeys(m, ['watts', 'afterSeconds']);
      return { watts: readNumber(member(m, 'watts'), watts), afterSeconds: readNumber(member(m, 'afterSeconds'), { min: 0, max: 31_536_000 }) };
    }),
  };
}

export function readPowerModel(at: SpecReader): PowerModelSpec {
  const kind = readChoice(member(at, 'kind'), POWER_KINDS);
  switch (kind) {
    case 'mse':
      onlyKeys(at, ['kind', 'r']);
      return { kind, r: readNumber(member(at, 'r'), { min: 1, max: 10 }) };
    case 'asymptotic':
      onlyKeys(at, ['kind', 'alpha']);
      return { kind, alpha: readNumber(member(at, 'alpha'), { min: 0.001, max: 10 }) };
    case 'points':
      onlyKeys(at, ['kind', 'watts']);
      return { kind, watts: readList(member(at, 'watts'), (m) => readNumber(m, watts), { min: 2, max: 101 }) };
    default:
      onlyKeys(at, ['kind']);
      return { kind };
  }
}

export function readCarbon(at: SpecReader): CarbonSpec {
  onlyKeys(at, [...GRID_KEYS, 'zones', 'pue', 'embodied']);
  return {
    ...readGrid(at),
    zones: optional(at, 'zones', (m) =>
      readList(m, (zone) => {
        onlyKeys(zone, ['zone', ...GRID_KEYS]);
        return { zone: readText(member(zone, 'zone')), ...readGrid(zone) };
      }, { max: 1_000 }),
    ),
    pue: optional(at, 'pue', (m) => readNumber(m, { min: 1, max: 10 })),
    embodied: optional(at, 'embodied', (m) => {
      onlyKeys(m, ['machineKg', 'machineCores', 'lifetimeYears']);
      return {
        machineKg: readNumber(member(m, 'machineKg'), { min: 0, max: 1e6 }),
        machineCores: readNumber(member(m, 'machineCores'), { min: 0.001, max: 1e6 }),
        lifetimeYears: optional(m, 'lifetimeYears', (years) => readNumber(years, { min: 0.1, max: 100 })),
      };
    }),
  };
}

function readGrid(at: SpecReader): GridSpec {
  const grid: GridSpec = {
    region: optional(at, 'region', readText),
    gramsPerKwh: optional(at, 'gramsPerKwh', (m) => readNumber(m, grams)),
    series: optional(at, 'series', (m) => {
      onlyKeys(m, ['stepSeconds', 'gramsPerKwh']);
      return { stepSeconds: readNumber(member(m, 'stepSeconds'), { min: 1, max: 31_536_000 }), gramsPerKwh: readList(member(m, 'gramsPerKwh'), (value) => readNumber(value, grams), { min: 1, max: 100_000 }) };
    }),
  };
  if (grid.gramsPerKwh !== undefined && grid.series !== undefined) note(member(at, 'gramsPerKwh'), 'out-of-range', 'a grid has either a figure of the year or a series', 'keep one of gramsPerKwh and series');
  return grid;
}
