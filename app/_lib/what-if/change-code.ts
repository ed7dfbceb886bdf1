/**
 * Changes as text for an address, so that a link reproduces a what-if: `95*node-down*node-a1`, several steps
 * separated by spaces, several parts of one change by `**`. Only characters that an address leaves readable, but for
 * what needs more than names and amounts (written-part.ts).
 * Names are checked against the system: a link from elsewhere is refused with a reason, never half applied.
 */
import type { Change } from '@/engine/scenario';
import type { Command, FaultKind, SystemSpec } from '@/engine/twin';
import { describeChange } from './describe-change';
import { decodeWritten, encodeWritten, WRITTEN } from './written-part';

/** At `at` seconds of the run the change was made. */
export type Step = { readonly at: number; readonly change: Change };

type Part = { readonly fault: FaultKind } | { readonly command: Command };
type Names = { readonly node: string; readonly service: string; readonly router: string; readonly other: string; readonly amount: number };

/** One row per kind: which arguments it has, in order, and how they make a fault or command. */
const KINDS: Readonly<Record<string, { readonly takes: readonly (keyof Names)[]; readonly make: (names: Names) => Part }>> = {
  'node-down': { takes: ['node'], make: ({ node }) => ({ fault: { kind: 'node-down', node } }) },
  'spot-reclaim': { takes: ['node'], make: ({ node }) => ({ fault: { kind: 'spot-reclaim', node } }) },
  'cpu-hog': { takes: ['node', 'amount'], make: ({ node, amount }) => ({ fault: { kind: 'cpu-hog', node, threads: amount } }) },
  'slow-service': { takes: ['service', 'amount'], make: ({ service, amount }) => ({ fault: { kind: 'slow-service', service, extraMs: amount } }) },
  'memory-leak': { takes: ['service', 'amount'], make: ({ service, amount }) => ({ fault: { kind: 'memory-leak', service, mibPerSecond: amount } }) },
  'kill-replica': { takes: ['service', 'amount'], make: ({ service, amount }) => ({ fault: { kind: 'kill-replica', service, count: amount } }) },
  'load-factor': { takes: ['service', 'amount'], make: ({ service, amount }) => ({ fault: { kind: 'load-factor', service, factor: amount } }) },
  'link-down': { takes: ['router', 'other'], make: ({ router, other }) => ({ fault: { kind: 'link-down', a: router, b: other } }) },
  'router-down': { takes: ['router'], make: ({ router }) => ({ fault: { kind: 'router-down', router } }) },
  'set-hop-penalty': { takes: ['router', 'amount'], make: ({ router, amount }) => ({ command: { kind: 'set-hop-penalty', router, hopPenalty: amount } }) },
  'set-mesh-interface': { takes: ['router', 'other', 'amount'], make: ({ router, other, amount }) => ({ command: { kind: 'set-mesh-interface', router, towards: other, up: amount > 0 } }) },
  'restart-mesh-router': { takes: ['router'], make: ({ router }) => ({ command: { kind: 'restart-mesh-router', router } }) },
  'isolate-mesh-router': { takes: ['router', 'amount'], make: ({ router, amount }) => ({ command: { kind: 'isolate-mesh-router', router, isolated: amount > 0 } }) },
  'reselect-gateway': { takes: ['router'], make: ({ router }) => ({ command: { kind: 'reselect-gateway', router } }) },
  'add-mesh-link': { takes: ['router', 'other'], make: ({ router, other }) => ({ command: { kind: 'add-mesh-link', router, towards: other } }) },
  'remove-mesh-link': { takes: ['router', 'other'], make: ({ router, other }) => ({ command: { kind: 'remove-mesh-link', router, towards: other } }) },
  'add-mesh-router': { takes: ['router'], make: ({ router }) => ({ command: { kind: 'add-mesh-router', router } }) },
  'remove-mesh-router': { takes: ['router'], make: ({ router }) => ({ command: { kind: 'remove-mesh-router', router } }) },
  'rotate-svid': { takes: ['service'], make: ({ service }) => ({ command: { kind: 'rotate-svid', service } }) },
  'set-replicas': { takes: ['service', 'amount'], make: ({ service, amount }) => ({ command: { kind: 'set-replicas', service, replicas: amount } }) },
  'set-cpu-quota': { takes: ['service', 'amount'], make: ({ service, amount }) => ({ command: { kind: 'set-cpu-quota', service, quotaMillicores: amount > 0 ? amount : null } }) },
  'roll-out': { takes: ['service'], make: ({ service }) => ({ command: { kind: 'roll-out', service } }) },
  'drain-node': { takes: ['node'], make: ({ node }) => ({ command: { kind: 'drain-node', node } }) },
  'remove-node': { takes: ['node'], make: ({ node }) => ({ command: { kind: 'remove-node', node } }) },
  'restore-node': { takes: ['node'], make: ({ node }) => ({ command: { kind: 'restore-node', node } }) },
  'cordon-node': { takes: ['node'], make: ({ node }) => ({ command: { kind: 'cordon-node', node } }) },
  'uncordon-node': { takes: ['node'], make: ({ node }) => ({ command: { kind: 'uncordon-node', node } }) },
};

function encodePart(part: FaultKind | Command): string {
  const { kind, ...rest } = part;
  const values: unknown[] = Object.values(rest);
  const isPlain = Object.hasOwn(KINDS, kind) && KINDS[kind]!.takes.length === values.length && values.every((value) => typeof value !== 'object' || value === null);
  return isPlain ? [kind, ...values.map((value) => (typeof value === 'boolean' ? Number(value) : (value ?? 0)))].join('*') : encodeWritten(part);
}

export const encodeSteps = (steps: readonly Step[]) => steps.map(({ at, change }) => `${at}*${[...change.faults, ...change.commands].map(encodePart).join('**')}`).join(' ');

export type DecodedSteps = { readonly steps: readonly Step[]; /** Why the rest of the link was not used. */ readonly refused: string | null };

const STEPS_MAX = 50;
const AT_MAX = 86_400;

export function decodeSteps(text: string, system: SystemSpec): DecodedSteps {
  const steps: Step[] = [];
  const texts = text.split(' ').filter((step) => step !== '');
  for (const [i, step] of texts.entries()) {
    const decoded = i >= STEPS_MAX ? `more than ${STEPS_MAX} steps` : decodeStep(step, withNewRouters(system, steps), steps.at(-1)?.at ?? 0);
    if (typeof decoded === 'string') return { steps, refused: `step ${i + 1} (“${step.slice(0, 60)}”): ${decoded}` };
    steps.push(decoded);
  }
  return { steps, refused: null };
}

/** Later steps may name routers that earlier ones added. */
function withNewRouters(system: SystemSpec, steps: readonly Step[]): SystemSpec {
  const { mesh } = system;
  const known = new Set(mesh?.routers.map(({ name }) => name));
  const added = steps.flatMap(({ change }) => change.commands.flatMap((command) => (command.kind === 'add-mesh-router' && !known.has(command.router) ? [{ name: command.router }] : [])));
  return mesh === undefined || added.length === 0 ? system : { ...system, mesh: { ...mesh, routers: [...mesh.routers, ...added] } };
}

function decodeStep(text: string, system: SystemSpec, after: number): Step | string {
  const cut = text.indexOf('*');
  const at = Number(text.slice(0, cut));
  if (cut < 1 || !Number.isInteger(at) || at < after || at > AT_MAX) return `it must begin with whole seconds between ${after} and ${AT_MAX}`;
  const faults: FaultKind[] = [];
  const commands: Command[] = [];
  for (const part of text.slice(cut + 1).split('**')) {
    const decoded = decodePart(part, system);
    if (typeof decoded === 'string') return decoded;
    if ('fault' in decoded) faults.push(decoded.fault);
    else commands.push(decoded.command);
  }
  return { at, change: { title: describeChange({ faults, commands }), faults, commands } };
}

function decodePart(text: string, system: SystemSpec): Part | string {
  const [name, ...values] = text.split('*');
  if (name === WRITTEN) return decodeWritten(values.join('*'), system);
  const kind = Object.hasOwn(KINDS, name ?? '') ? KINDS[name!]! : undefined;
  if (kind === undefined) return `there is no change called “${name}”`;
  if (values.length !== kind.takes.length) return `“${name}” takes ${kind.takes.join(', ')}`;
  const routers = system.mesh?.routers.map((router) => router.name) ?? [];
  const known = { node: system.nodes.map((node) => node.name), service: system.services.map((service) => service.name), router: routers, other: routers };
  const names = { node: '', service: '', router: '', other: '', amount: 0 };
  for (const [i, key] of kind.takes.entries()) {
    const value = values[i]!;
    if (key === 'amount') {
      names.amount = Number(value);
      if (!(names.amount >= 0 && names.amount <= 1e6)) return `“${value}” is not an amount between 0 and 1,000,000`;
    } else if (known[key].includes(value)) names[key] = value;
    else return `this world has no ${key === 'other' ? 'router' : key} called “${value}”`;
  }
  return kind.make(names);
}
