/** Memory of a replica: what its process holds, and what each request in flight holds on top. */
import type { Infra, Replica } from './infra';

/** Bytes in use now. */
export function memoryOf({ services }: Infra, { service, memoryBytes, inFlight }: Replica): number {
  const { memoryPerRequestBytes } = services[service]!;
  return memoryPerRequestBytes === undefined ? memoryBytes : memoryBytes + memoryPerRequestBytes * inFlight;
}

export const isOverLimit = (infra: Infra, replica: Replica) => memoryOf(infra, replica) > (infra.services[replica.service]!.memoryLimitBytes ?? Infinity);
