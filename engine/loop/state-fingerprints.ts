/** Versions of services whose target keeps none: what is set there, spelled out. */
import type { os } from '@/engine/twin';
import type { Fingerprint } from './plan/plan';

export type ServiceSettings = { readonly service: string; readonly replicas: number | null; readonly quotaMillicores: number | null };

export const stateFingerprints = (services: readonly ServiceSettings[]): readonly Fingerprint[] =>
  services.map(({ service, replicas, quotaMillicores }) => ({ object: `service/${service}`, version: `replicas ${replicas ?? 'unknown'}, quota ${quotaMillicores ?? 'none'}` }));

export const hostFingerprints = (hosts: readonly os.HostSettings[]): readonly Fingerprint[] =>
  hosts.flatMap(({ host, reboots, suspendAfterSeconds, groups, programs, certificates }) => [
    { object: `host/${host}`, version: `reboots ${reboots ?? 'unknown'}${suspendAfterSeconds === undefined ? '' : `, suspend ${suspendAfterSeconds === null ? 'never' : `after ${suspendAfterSeconds} s`}`}` },
    ...groups.map(({ group, cpuWeight, quotaMs, periodMs, cpus, memoryLimitMib }) => ({ object: `group/${host}/${group}`, version: `weight ${cpuWeight ?? 'unknown'}, quota ${quotaMs === null ? 'none' : `${quotaMs} of ${periodMs} ms`}, memory ${memoryLimitMib === null ? 'unlimited' : `${memoryLimitMib} MiB`}, CPUs ${cpus?.join(' ') ?? 'unknown'}` })),
    ...programs.map(({ program, group, nice }) => ({ object: `program/${host}/${program}`, version: `in ${group}, nice ${nice ?? 'unknown'}` })),
    ...certificates.map(({ certificate, notAfterUnixSeconds }) => ({ object: `certificate/${host}/${certificate}`, version: `until ${Math.round(notAfterUnixSeconds)}` })),
  ]);

export type RouterSettings = { readonly router: string; readonly hopPenalty: number; readonly up: boolean };

export const routerFingerprints = (routers: readonly RouterSettings[]): readonly Fingerprint[] =>
  routers.map(({ router, hopPenalty, up }) => ({ object: `router/${router}`, version: `hop penalty ${hopPenalty}, ${up ? 'up' : 'down'}` }));
