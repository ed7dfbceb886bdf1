/** Every pod as the metrics server reads it; those that are stopping are read until they are gone. */
import { US_PER_SECOND } from '@/engine/kernel';
import type { PodReading } from '@/engine/telemetry';
import type { Infra } from './infra';
import { memoryOf } from './replica-memory';

export function podReadings(infra: Infra): PodReading[] {
  return infra.services.flatMap((service) =>
    service.replicas.map((index): PodReading => {
      const replica = infra.replicas[index]!;
      const cpuSeconds = (replica.coreUsBefore + replica.usedCoreUs) / US_PER_SECOND;
      return { pod: replica.name, service: service.name, node: infra.nodes[replica.node]?.name ?? null, cpuSeconds, memoryBytes: memoryOf(infra, replica), restarts: replica.restarts };
    }),
  );
}
