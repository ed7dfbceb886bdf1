/** What can be asked of one thing on the map, as changes ready to be simulated. */
import { describeChange } from '@/app/_lib/what-if/describe-change';
import type { Thing } from '@/app/_lib/world-map/world-ids';
import type { Change } from '@/engine/scenario';
import type { Frame } from '@/engine/telemetry';
import type { Command, FaultKind, SystemSpec } from '@/engine/twin';

const change = (faults: readonly FaultKind[], commands: readonly Command[]): Change => ({ title: describeChange({ faults, commands }), faults, commands });

export function changesFor({ kind, name }: Thing, system: SystemSpec, frame: Frame): readonly Change[] {
  switch (kind) {
    case 'node': {
      const up = frame.nodes.find((node) => node.node === name)?.up ?? false;
      return up ? [change([{ kind: 'node-down', node: name }], []), change([], [{ kind: 'drain-node', node: name }]), change([{ kind: 'cpu-hog', node: name, threads: 2 }], [])] : [change([], [{ kind: 'restore-node', node: name }])];
    }
    case 'service': {
      const spec = system.services.find((service) => service.name === name);
      const replicas = frame.services.find((sample) => sample.service === name)?.replicas ?? spec?.replicas ?? 1;
      const to = (count: number): Change[] => (count < (spec?.replicasMin ?? 1) || count > (spec?.replicasMax ?? Infinity) ? [] : [change([], [{ kind: 'set-replicas', service: name, replicas: count }])]);
      return [...to(replicas + 1), ...to(replicas - 1), change([{ kind: 'kill-replica', service: name, count: 1 }], []), change([{ kind: 'slow-service', service: name, extraMs: 50 }], [])];
    }
    case 'router':
      return [change([{ kind: 'router-down', router: name }], [])];
  }
}
