/**
 * The Linux hosts of a world. They do not touch one another or the cluster, so they live on between the events of the
 * world and are brought up to its clock when it looks at them: at every sample and before every command.
 */
import { err, ok, type Result, type TimeUs } from '@/engine/kernel';
import type { HostSample, ServiceSample } from '@/engine/telemetry';
import type { Refusal } from '../../command';
import { advanceHost, applyHostCommand, compileHost, migrateProgram, restartHostTotals, settingsOfHost, setHostFault, type HostCommand, type HostRefusal, type HostSettings, type HostSpec, type HostWorld, type ProgramSpec } from '../host';
import type { HostOrder } from '../host/command/host-order';
import type { PlacedHostFault } from '../host/fault/host-fault';

/** One frame of a world has one sample of each of its hosts. */
const SAMPLE_SECONDS = 1;

export const compileHosts = (specs: readonly HostSpec[], seed: number): HostWorld[] => specs.map((spec) => compileHost(spec, { seed, sampleSeconds: SAMPLE_SECONDS }));

/** The samples taken since the last call, one by one; what happened comes back as `note`s and is forgotten here. */
export function sampleHosts(hosts: readonly HostWorld[], nowUs: TimeUs, note: (kind: string, subject: string, detail: string) => void): HostSample[] {
  return hosts.flatMap((host) => {
    advanceHost(host, nowUs);
    for (const { kind, subject, detail } of host.events) if (ALARMING.has(kind)) note(kind, subject === host.spec.name ? subject : `${host.spec.name}/${subject}`, detail);
    host.events = [];
    const taken = host.samples;
    host.samples = [];
    return taken.slice(-1);
  });
}

const ALARMING: ReadonlySet<string> = new Set(['oom-kill', 'exit', 'gave-up', 'disk-full', 'read-only', 'power', 'reboot', 'expired']);

/** A program that answers requests is a service to its clients: `host/program`. */
export const hostServices = (samples: readonly HostSample[]): ServiceSample[] => samples.flatMap(servicesOn);

export const hostServiceName = (host: string, program: string) => `${host}/${program}`;
export const serviceOfProgram = (host: string, { program, service }: { readonly program: string; readonly service: string | null }) => service ?? hostServiceName(host, program);
export const serviceOfSpec = (host: string, { name, service }: ProgramSpec) => service ?? hostServiceName(host, name);

function servicesOn({ host, groups, programs }: HostSample): ServiceSample[] {
  const us = (ms: number | null) => (ms === null ? null : ms * 1_000);
  return programs.flatMap((program): ServiceSample[] => {
    if (program.arrivedRps === null) return [];
    const group = groups.find((each) => each.group === program.group);
    return [
      {
        service: serviceOfProgram(host, program),
        offeredRps: program.arrivedRps,
        servedRps: program.servedRps,
        errorRps: program.failedRps,
        latencyMeanUs: us(program.latencyMeanMs),
        latencyP50Us: us(program.latencyP50Ms),
        latencyP95Us: us(program.latencyP95Ms),
        latencyP99Us: us(program.latencyP99Ms),
        cpuCores: program.cpuCores,
        throttledShare: null, // belongs to the group: the host's own finding
        replicas: 1,
        replicasReady: program.phase === 'ready' ? 1 : 0,
        quotaMillicores: group === undefined || group.quotaMs === null || group.periodMs === null ? null : (group.quotaMs / group.periodMs) * 1_000,
        inFlight: program.queued === null || program.inWork === null ? null : program.queued + program.inWork,
        memoryBytes: program.memoryBytes,
      },
    ];
  });
}

export const restartTotalsOfHosts = (hosts: readonly HostWorld[]): void => hosts.forEach(restartHostTotals);

export const hostsSettings = (hosts: readonly HostWorld[]): HostSettings[] => hosts.map(settingsOfHost);

/** The fault begins, or is taken back. */
export function setFaultOfHost(hosts: readonly HostWorld[], nowUs: TimeUs, { host: name, ...fault }: PlacedHostFault, on: boolean): void {
  const host = hosts.find(({ spec }) => spec.name === name);
  if (host === undefined) return; // a believed world of other hosts
  advanceHost(host, nowUs);
  setHostFault(host, fault, on);
}

/** Refusals as the one union has them. */
export function applyHostOrder(hosts: readonly HostWorld[], nowUs: TimeUs, { host: name, ...command }: HostOrder): Result<void, Refusal> {
  const host = hosts.find(({ spec }) => spec.name === name);
  if (host === undefined) return err({ code: 'not-found', what: 'host', name });
  advanceHost(host, nowUs);
  const done = command.kind === 'migrate-program' ? migrate(hosts, host, nowUs, command) : applyHostCommand(host, command);
  return done.ok ? ok(undefined) : err(refusalOf(done.error, name, command.kind));
}

function migrate(hosts: readonly HostWorld[], from: HostWorld, nowUs: TimeUs, command: Extract<HostCommand, { kind: 'migrate-program' }>): Result<void, HostRefusal> {
  const to = hosts.find(({ spec }) => spec.name === command.toHost);
  if (to === undefined) return err({ code: 'not-found', what: 'host', name: command.toHost });
  advanceHost(to, nowUs);
  return migrateProgram(from, to, command);
}

function refusalOf(refusal: HostRefusal, host: string, kind: HostOrder['kind']): Refusal {
  switch (refusal.code) {
    case 'not-found':
      return { ...refusal, name: refusal.what === 'host' ? refusal.name : `${host}/${refusal.name}` };
    case 'no-power':
      return { code: 'unreachable', target: host, detail: 'it has no power' };
    case 'read-only':
      return { code: 'unreachable', target: `${host}'s file system`, detail: 'it is read-only' };
    case 'no-suspend':
      return { code: 'unsupported', kind, target: `${host}, whose power model knows no suspended state` };
    case 'bound':
      return { code: 'unsupported', kind, target: `${refusal.program}, which belongs to ${host}` };
    case 'taken':
      return { code: 'unsupported', kind, target: `${refusal.host}, which has a ${refusal.program} already` };
    case 'out-of-range':
      return { ...refusal, what: `${refusal.what} on ${host}` };
    case 'no-updater':
      return { code: 'unsupported', kind, target: `${host}, which has no program that installs updates` };
    case 'no-issuer':
      return { code: 'unreachable', target: `issuer of ${refusal.certificate}`, detail: 'no certificate can be had now' };
    case 'no-disk':
      return { code: 'unsupported', kind, target: `${host}, whose file system is not known` };
  }
}
