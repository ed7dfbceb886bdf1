import { expect, test } from 'vitest';
import { advanceWorld, takeFrames } from '@/engine/twin';
import { seconds } from '@/engine/kernel';
import { startRun, type Change } from '@/engine/scenario';
import { demo } from '@/scenarios/demo';
import { decodeSteps, encodeSteps, type Step } from './change-code';
import { describeChange } from './describe-change';
import { doubleTheTraffic, FIRST_QUESTIONS, halveTheCost, killANode } from './first-questions';

const { system } = demo;
const world = startRun(demo).world;
advanceWorld(world, seconds(120));
const frame = takeFrames(world).at(-1)!;

function changeOf(answer: Change | string): Change {
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

test('the three first questions survive their way through an address', () => {
  const steps = FIRST_QUESTIONS.map(({ ask }, i): Step => ({ at: 120 + i, change: changeOf(ask(system, frame)) }));
  const address = new URLSearchParams({ do: encodeSteps(steps) }).toString();
  expect(decodeSteps(new URLSearchParams(address).get('do')!, system)).toEqual({ steps: steps.map((step) => ({ ...step, change: { ...step.change } })), refused: null });
});

test('an address stays readable: nothing in it needs a percent sign', () => {
  const steps = FIRST_QUESTIONS.map(({ ask }, i): Step => ({ at: 120 + i, change: changeOf(ask(system, frame)) }));
  expect(new URLSearchParams({ do: encodeSteps(steps) }).toString()).not.toContain('%');
});

test('faults and commands of more than names and amounts survive their way through an address', () => {
  const parts: readonly Pick<Change, 'faults' | 'commands'>[] = [
    { faults: [{ kind: 'link-loss', a: 'gate-a', b: 'uplink', lossPercent: 40, burstPackets: 0 }], commands: [] },
    { faults: [{ kind: 'router-silent', router: 'gate-a' }, { kind: 'carrier-down', a: 'gate-a', b: 'uplink' }], commands: [] },
    { faults: [], commands: [{ kind: 'add-mesh-router', router: 'new * mast', x: 1.5, y: -2, neighbours: [{ router: 'gate-a', lossPercent: 10 }] }] },
    { faults: [], commands: [{ kind: 'add-mesh-link', router: 'new * mast', towards: 'uplink', lossPercent: 5 }] },
  ];
  const steps = parts.map((part, i): Step => ({ at: 130 + i, change: { ...part, title: describeChange(part) } }));
  const address = new URLSearchParams({ do: encodeSteps(steps) }).toString();
  expect(decodeSteps(new URLSearchParams(address).get('do')!, system)).toEqual({ steps, refused: null });
});

test('later steps may name a router that an earlier one added', () => {
  const step = (at: number, part: Pick<Change, 'faults' | 'commands'>): Step => ({ at, change: { ...part, title: describeChange(part) } });
  const steps = [step(130, { faults: [], commands: [{ kind: 'add-mesh-router', router: 'mast', neighbours: [{ router: 'gate-a', lossPercent: 10 }] }] }), step(140, { faults: [{ kind: 'router-down', router: 'mast' }], commands: [] })];
  expect(decodeSteps(encodeSteps(steps), system)).toEqual({ steps, refused: null });
});

for (const [text, reason] of [
  ['95*written*%7B', 'not readable'],
  ['95*written*%7B%22kind%22%3A%22explode%22%7D', 'kind'],
  ['95*written*%7B%22kind%22%3A%22router-silent%22%2C%22router%22%3A%22ghost%22%7D', 'ghost'],
  ['95*written*%7B%22kind%22%3A%22add-mesh-router%22%2C%22router%22%3A%22m%22%2C%22neighbours%22%3A3%7D', 'neighbours'],
  ['95*node-down*node-zz', 'no node called'],
  ['95*explode*node-a1', 'no change called'],
  ['95*constructor*x', 'no change called'],
  ['95*node-down', 'takes node'],
  ['x*node-down*node-a1', 'whole seconds'],
  ['-5*node-down*node-a1', 'whole seconds'],
  ['200*node-down*node-a1 100*node-down*node-a2', 'between 200'],
  ['95*load-factor*frontend*1e99', 'not an amount'],
  ['95*load-factor*frontend*NaN', 'not an amount'],
] as const) {
  test(`a link with “${text}” is refused and says why`, () => {
    expect(decodeSteps(text, system).refused).toContain(reason);
  });
}

test('what stands before a bad step is still used', () => {
  expect(decodeSteps('95*node-down*node-a1 99*nonsense', system).steps).toHaveLength(1);
});

test('a link of a million steps is cut at a limit and says so', () => {
  const { steps, refused } = decodeSteps(Array.from({ length: 1_000 }, () => '95*node-down*node-a1').join(' '), system);
  expect(steps.length).toBe(50);
  expect(refused).toContain('more than 50');
});

test('killing a node takes one that carries a mesh router and is up', () => {
  const [fault] = changeOf(killANode(system, frame)).faults;
  expect(fault?.kind).toBe('node-down');
  const victim = system.nodes.find((node) => fault?.kind === 'node-down' && node.name === fault.node);
  expect(victim?.router).toBeDefined();
  const without = { ...frame, nodes: frame.nodes.map((node) => ({ ...node, up: node.node !== victim?.name && node.up })) };
  expect(changeOf(killANode(system, without)).faults[0]).not.toEqual(fault);
});

test('doubling the traffic doubles every entry once', () => {
  expect(doubleTheTraffic(system).faults).toEqual([{ kind: 'load-factor', service: 'frontend', factor: 2 }]);
});

test('halving the cost leaves at most half the bill, never nothing, and shrinks to what is left', () => {
  const { commands } = changeOf(halveTheCost(system, frame));
  const removed = new Set(commands.flatMap((command) => (command.kind === 'remove-node' ? [command.node] : [])));
  const left = system.nodes.filter((node) => !removed.has(node.name));
  const bill = (nodes: typeof left) => nodes.reduce((sum, node) => sum + node.usdPerHour, 0);
  expect(bill(left)).toBeLessThanOrEqual(bill([...system.nodes]) / 2 + 1e-9);
  expect(left.length).toBeGreaterThan(0);
  const replicas = new Map(commands.flatMap((command) => (command.kind === 'set-replicas' ? [[command.service, command.replicas] as const] : [])));
  const requested = system.services.reduce((sum, spec) => sum + spec.cpuRequestMillicores * (replicas.get(spec.name) ?? spec.replicas), 0);
  expect(requested).toBeLessThanOrEqual(left.reduce((sum, node) => sum + node.cpuMillicores, 0));
});

test('a bill of one node cannot be halved, and says so', () => {
  const single = { ...system, nodes: system.nodes.slice(0, 1) };
  expect(halveTheCost(single, { ...frame, nodes: frame.nodes.slice(0, 1) })).toContain('one node');
});

test('a change is named by what it does', () => {
  expect(describeChange({ faults: [{ kind: 'node-down', node: 'node-a1' }], commands: [] })).toBe('Kill node-a1');
  expect(describeChange({ faults: [], commands: [{ kind: 'drain-node', node: 'node-a1' }] })).toBe('Drain node-a1');
  expect(describeChange({ faults: [], commands: [{ kind: 'remove-node', node: 'a' }, { kind: 'remove-node', node: 'b' }, { kind: 'set-replicas', service: 's', replicas: 1 }] })).toBe('Remove a and b and s to 1 replica');
});
