/**
 * Watts of a machine over its utilization: idle + (max − idle)·f(u), with the shapes of OpenDC's power models
 * (linear, sqrt, square, cubic, mse, asymptotic), and linear interpolation between measured points as in the
 * eleven of SPECpower_ssj2008. A machine that has stood empty long enough may sleep.
 */
import { exp, pow } from '@/engine/kernel';

export type PowerShape = 'linear' | 'sqrt' | 'square' | 'cubic';

export type PowerModelSpec =
  | { readonly kind: PowerShape }
  /** 2u − u^r (mean squared error fit); `r` from 1 to 10, 1.4 where nothing was fitted. */
  | { readonly kind: 'mse'; readonly r: number }
  /** (1 + u − e^(−u/alpha)) / 2; `alpha` is the utilization at which half of the fast part is reached, roughly. */
  | { readonly kind: 'asymptotic'; readonly alpha: number }
  /** Watts at equally spaced utilizations from 0 to 1; idle and max of the machine are not used. */
  | { readonly kind: 'points'; readonly watts: readonly number[] };

export type SleepSpec = { readonly watts: number; /** Without a pod for so long. */ readonly afterSeconds: number };

export type PowerSpec = { readonly model?: PowerModelSpec; readonly sleep?: SleepSpec };

export type PoweredMachine = { readonly idleWatts: number; readonly maxWatts: number; readonly model: PowerModelSpec };

const SHAPES: Readonly<Record<PowerShape, (u: number) => number>> = { linear: (u) => u, sqrt: Math.sqrt, square: (u) => u * u, cubic: (u) => u * u * u };

/** Watts at utilization 0..1 (clipped). */
export function machineWatts({ idleWatts, maxWatts, model }: PoweredMachine, utilization: number): number {
  const u = Math.min(1, Math.max(0, utilization));
  if (model.kind === 'points') return interpolated(model.watts, u);
  return idleWatts + (maxWatts - idleWatts) * shareOf(model, u);
}

function shareOf(model: Exclude<PowerModelSpec, { readonly kind: 'points' }>, u: number): number {
  switch (model.kind) {
    case 'mse':
      return u === 0 ? 0 : 2 * u - pow(u, model.r);
    case 'asymptotic':
      return (1 + u - exp(-u / model.alpha)) / 2;
    default:
      return SHAPES[model.kind](u);
  }
}

function interpolated(watts: readonly number[], u: number): number {
  const at = u * (watts.length - 1);
  const low = Math.min(watts.length - 2, Math.floor(at));
  return watts[low]! + (watts[low + 1]! - watts[low]!) * (at - low);
}

/** Whether a machine whose last pod left so many seconds ago sleeps. */
export const sleeps = (sleep: SleepSpec | undefined, emptySeconds: number) => sleep !== undefined && emptySeconds >= sleep.afterSeconds;
