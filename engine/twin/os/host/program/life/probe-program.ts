/**
 * Probes of a program that answers requests, by the kubelet's rules. A probe is a small request that waits for a lane like any
 * other, so a program that is throttled, frozen or has too much to do fails it; one that still starts refuses it. A failed
 * start-up or liveness probe has the program stopped and started anew, a failed readiness probe sends its clients away.
 */
import { activeProbes, initialProbe, PROBE_DEFAULTS, recordProbe, type ProbeSpec, type ProbeState } from '../../../../infra/kubernetes/node';
import { calledProgram, callProgram, HostCall } from '../../host-call';
import type { HostWorld, Program, Request } from '../../host-world';
import { askToStop } from './ask-to-stop';
import { accept, newRequest } from '../work/serve-requests';

export const PROBE_KINDS = ['startup', 'liveness', 'readiness'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];
/** Which probe, and which of its askings. */
export type ProbeAsked = { readonly kind: ProbeKind; readonly nr: number };
/** `open`: the asking that has no answer yet; `askedUs` when it was asked. */
export type Probing = Record<ProbeKind, { state: ProbeState; nr: number; open: boolean; askedUs: number } | null>;

const CPU_MS = 0.3;

/** False of a supervisor's question. */
export const isClients = ({ probe }: Request) => probe === undefined;

function specOf({ spec }: Program, kind: ProbeKind): ProbeSpec | null {
  const said = spec.probes?.[kind];
  if (said === undefined) return null;
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold } = PROBE_DEFAULTS;
  return {
    initialDelaySeconds: said.initialDelaySeconds ?? initialDelaySeconds,
    periodSeconds: said.periodSeconds ?? periodSeconds,
    timeoutSeconds: said.timeoutSeconds ?? timeoutSeconds,
    failureThreshold: said.failureThreshold ?? failureThreshold,
    successThreshold: said.successThreshold ?? successThreshold,
  };
}

/** A life begins. */
export function beginProbes(world: HostWorld, program: Program): void {
  if (program.spec.probes !== undefined) probeAs(world, program, (kind) => initialProbe(kind));
}

/** A life goes on that was seen from outside; what was ready has passed its probes. */
export function resumeProbes(world: HostWorld, program: Program, isReady: boolean): void {
  if (program.spec.probes !== undefined) probeAs(world, program, (kind) => ({ ...initialProbe(kind), passing: kind !== 'readiness' || isReady }));
}

function probeAs(world: HostWorld, program: Program, stateOf: (kind: ProbeKind) => ProbeState): void {
  const probing: Probing = { startup: null, liveness: null, readiness: null };
  program.probing = probing;
  PROBE_KINDS.forEach((kind, k) => {
    const spec = specOf(program, kind);
    if (spec === null) return;
    probing[kind] = { state: stateOf(kind), nr: 0, open: false, askedUs: 0 };
    callProgram(world, program, HostCall.probe + k, world.cpu.nowUs + spec.initialDelaySeconds * 1e6);
  });
}

/** Whether clients reach it: it listens, and its readiness probe, if it has one, has passed. */
export const isRouted = ({ phase, spec, probing }: Program) => (phase === 'ready' || (phase === 'stopping' && spec.stop?.handlesTerm === 'ignores')) && (probing?.readiness?.state.passing ?? true) && (probing?.startup?.state.passing ?? true);

/** The time to ask has come; kind by its place in PROBE_KINDS. */
export function askProbe(world: HostWorld, k: number, detail: number): void {
  const program = calledProgram(world, detail);
  const kind = PROBE_KINDS[k]!;
  const probe = program?.probing?.[kind];
  if (program === null || probe === null || probe === undefined || program.stopping !== undefined) return;
  if (!activeProbes(program.probing?.startup?.state ?? null).includes(kind)) return askAgain(world, program, k, world.cpu.nowUs);
  probe.nr += 1;
  probe.open = true;
  probe.askedUs = world.cpu.nowUs;
  const request: Request = { ...newRequest(world, (program.spec.probes?.cpuMs ?? CPU_MS) * 1_000), probe: { kind, nr: probe.nr } };
  if (program.phase !== 'ready' || !accept(world, program, request)) return settle(world, program, kind, false);
  callProgram(world, program, HostCall.probeLate + k, world.cpu.nowUs + specOf(program, kind)!.timeoutSeconds * 1e6);
}

/** Nothing has come in time; an earlier asking's limit is over and done with. */
export function probeIsLate(world: HostWorld, k: number, detail: number): void {
  const program = calledProgram(world, detail);
  const probe = program?.probing?.[PROBE_KINDS[k]!];
  if (program === null || probe === null || probe === undefined || !probe.open) return;
  if (world.cpu.nowUs >= probe.askedUs + specOf(program, PROBE_KINDS[k]!)!.timeoutSeconds * 1e6 - 0.5) settle(world, program, PROBE_KINDS[k]!, false);
}

/** Answered; too late is as good as never. */
export function answerProbe(world: HostWorld, program: Program, { kind, nr }: ProbeAsked): void {
  const probe = program.probing?.[kind];
  if (probe?.nr === nr && probe.open) settle(world, program, kind, true);
}

function settle(world: HostWorld, program: Program, kind: ProbeKind, success: boolean): void {
  const probe = program.probing![kind]!;
  const spec = specOf(program, kind)!;
  probe.open = false;
  probe.state = recordProbe(probe.state, spec, success);
  const hasFailed = !success && probe.state.inARow >= spec.failureThreshold;
  if (kind !== 'readiness' && hasFailed) return askToStop(world, program, 'exit', `its ${kind === 'startup' ? 'start-up' : kind} probe failed ${spec.failureThreshold} times in a row`);
  if (kind === 'startup' && probe.state.passing) return;
  askAgain(world, program, PROBE_KINDS.indexOf(kind), probe.askedUs);
}

/** One period after it was asked last, and not before it was answered. */
function askAgain(world: HostWorld, program: Program, k: number, askedUs: number): void {
  callProgram(world, program, HostCall.probe + k, Math.max(world.cpu.nowUs, askedUs + specOf(program, PROBE_KINDS[k]!)!.periodSeconds * 1e6));
}
