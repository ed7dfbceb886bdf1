/**
 * Requests are counted by services, CPU and memory by control groups. Where one program alone bears the name of a service (its unit or
 * container, or the container of its pod), the service's requests are the program's.
 */
import type { ServiceSample } from '../../frame';
import type { HostSample, ProgramSample } from '../../host-sample';
import { CLIENT_SERVICE } from '../series-role';

/** The service that counts a program's requests: `shop` of the container `shop` in the pod `web-1/shop`. */
export const countedAs = (program: string) => program.slice(program.lastIndexOf('/') + 1);

/** The same hosts where no service was measured, or none is named as a program. */
export function countRequests(hosts: readonly HostSample[], services: readonly ServiceSample[]): readonly HostSample[] {
  if (hosts.length === 0) return hosts;
  const counted = new Map(services.flatMap((sample) => (sample.service === CLIENT_SERVICE || (sample.offeredRps === null && sample.servedRps === null) ? [] : [[sample.service, sample] as const])));
  const bearers = new Map<string, number>();
  if (counted.size > 0) for (const { programs } of hosts) for (const { program } of programs) if (counted.has(countedAs(program))) bearers.set(countedAs(program), (bearers.get(countedAs(program)) ?? 0) + 1);
  if (bearers.size === 0) return hosts;
  return hosts.map((host) => ({ ...host, programs: host.programs.map((each) => (bearers.get(countedAs(each.program)) === 1 ? withRequests(each, counted.get(countedAs(each.program))!) : each)) }));
}

function withRequests(program: ProgramSample, { offeredRps, servedRps, errorRps, latencyMeanUs, latencyP50Us, latencyP95Us, latencyP99Us }: ServiceSample): ProgramSample {
  const ms = (us: number | null) => (us === null ? null : us / 1_000);
  const arrivedRps = offeredRps ?? (servedRps ?? 0) + (errorRps ?? 0);
  return { ...program, arrivedRps, servedRps, failedRps: errorRps, latencyMeanMs: ms(latencyMeanUs), latencyP50Ms: ms(latencyP50Us), latencyP95Ms: ms(latencyP95Us), latencyP99Ms: ms(latencyP99Us) };
}
