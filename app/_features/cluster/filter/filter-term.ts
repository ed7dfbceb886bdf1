/** What can be asked for, in the words of the field, and the codes of the picture behind them. */
import { cluster } from '@/engine/twin';

export type Comparison = '>' | '>=' | '<' | '<=' | '=';
export type NameField = 'zone' | 'pool' | 'node' | 'workload' | 'pod';
export type NumberField = 'cpu' | 'requested' | 'memory' | 'pods';
export type FilterTerm = { readonly not: boolean } & (
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly field: NameField; readonly values: readonly string[] }
  | { readonly kind: 'node-state' | 'pod-state'; readonly states: readonly number[] }
  | { readonly kind: 'number'; readonly field: NumberField; readonly comparison: Comparison; readonly value: number }
);

const { PictureNodeState: N, PicturePodState: P } = cluster;

export const NODE_STATES: Readonly<Record<string, number>> = { ready: N.ready, 'not-ready': N.notReady, notready: N.notReady, booting: N.booting, draining: N.draining, cordoned: N.cordoned, pressure: N.pressure };
export const POD_STATES: Readonly<Record<string, number>> = { pending: P.pending, starting: P.starting, running: P.ready, stopping: P.stopping, terminating: P.stopping, failing: P.failing };

export const NAME_FIELDS: Readonly<Record<string, NameField>> = { zone: 'zone', pool: 'pool', node: 'node', workload: 'workload', app: 'workload', deploy: 'workload', pod: 'pod' };
/** Shares are per cent of what is allocatable: `cpu` is used, `requested` and `memory` are requested. */
export const NUMBER_FIELDS: Readonly<Record<string, NumberField>> = { cpu: 'cpu', used: 'cpu', requested: 'requested', req: 'requested', memory: 'memory', mem: 'memory', pods: 'pods' };

export const isOfPods = (term: FilterTerm) => term.kind === 'pod-state' || (term.kind === 'name' && (term.field === 'workload' || term.field === 'pod'));
export const isOfNodes = (term: FilterTerm) => term.kind === 'node-state' || term.kind === 'number' || (term.kind === 'name' && !isOfPods(term));
