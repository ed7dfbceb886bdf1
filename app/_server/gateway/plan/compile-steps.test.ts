import { expect, test } from 'vitest';
import type { Command } from '@/engine/twin';
import type { ConnectorDescription, Observation } from '../../connectors/connector';
import { compileSteps } from './compile-steps';

const connector = (commands: ConnectorDescription['commands']): ConnectorDescription => ({ connector: 'target', title: 'a target', commands, leastPrivilege: { read: [], live: [] } });
const seen: Observation = { atUs: 0, version: '1', objects: [{ object: 'router/mill', version: '7', values: { hopPenalty: 30, isolated: false } }] };
const penalty: Command = { kind: 'set-hop-penalty', router: 'mill', hopPenalty: 90 };

test('a connector that does not offer a mesh command refuses the plan by the command’s kind', () => {
  expect(compileSteps(connector(['set-replicas']), seen, [penalty])).toEqual({ ok: false, error: { code: 'command-refused', step: 0, refusal: { code: 'unsupported', kind: 'set-hop-penalty', target: 'target' } } });
});

test('one that does gets the version it must find and the value that undoes it', () => {
  const compiled = compileSteps(connector(['set-hop-penalty', 'isolate-mesh-router']), seen, [penalty, { kind: 'isolate-mesh-router', router: 'mill', isolated: true }]);
  expect(compiled).toMatchObject({ ok: true, value: { steps: [{ precondition: { object: 'router/mill', version: '7' }, inverse: { ...penalty, hopPenalty: 30 }, effectClass: 'B' }, { inverse: { kind: 'isolate-mesh-router', isolated: false } }], fingerprints: [{ object: 'router/mill', version: '7' }] } });
});

test('a router that the target does not know is refused by its name', () => {
  expect(compileSteps(connector(['set-hop-penalty']), seen, [{ ...penalty, router: 'ghost' }])).toEqual({ ok: false, error: { code: 'command-refused', step: 0, refusal: { code: 'not-found', what: 'router', name: 'ghost' } } });
});
