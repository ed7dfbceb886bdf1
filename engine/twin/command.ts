/**
 * Everything Orrery can do to a system: one closed union, applied to the twin when a plan is rehearsed
 * and sent by a connector when it is executed. A command that one side does not know cannot be written.
 */
import type { MeshCommand } from './mesh/commands/mesh-command';
import type { HostOrder } from './os/host/command/host-order';

export type Command =
  | MeshCommand
  | HostOrder
  | { readonly kind: 'set-replicas'; readonly service: string; readonly replicas: number }
  | { readonly kind: 'set-cpu-quota'; readonly service: string; readonly quotaMillicores: number | null }
  | { readonly kind: 'restart-replica'; readonly service: string; readonly replica: string }
  /** Replaces every pod under the service's strategy; with requests, the new pods ask for those. */
  | { readonly kind: 'roll-out'; readonly service: string; readonly cpuRequestMillicores?: number; readonly memoryRequestMib?: number }
  | { readonly kind: 'cordon-node'; readonly node: string }
  | { readonly kind: 'uncordon-node'; readonly node: string }
  | { readonly kind: 'drain-node'; readonly node: string }
  /** Takes a drained or empty node off the bill, and brings it back. */
  | { readonly kind: 'remove-node'; readonly node: string }
  | { readonly kind: 'restore-node'; readonly node: string };

export type CommandKind = Command['kind'];

/**
 * What repeating a command does. A: the target refuses a stale or duplicate write. B: repeating is
 * harmless. C: neither, so an unknown outcome needs a human.
 */
export type EffectClass = 'A' | 'B' | 'C';

/** Why a command was refused, with the numbers that decided it. */
export type Refusal =
  | { readonly code: 'not-found'; readonly what: 'service' | 'replica' | 'node' | 'router' | 'link' | 'workload' | 'trust domain' | 'host' | 'group' | 'program' | 'certificate'; readonly name: string }
  | { readonly code: 'out-of-range'; readonly what: string; readonly value: number; readonly min: number; readonly max: number }
  | { readonly code: 'no-capacity'; readonly service: string; readonly wanted: number; readonly placed: number }
  | { readonly code: 'unsupported'; readonly kind: CommandKind; readonly target: string }
  | { readonly code: 'stale'; readonly expected: string; readonly found: string }
  | { readonly code: 'unreachable'; readonly target: string; readonly detail: string };
