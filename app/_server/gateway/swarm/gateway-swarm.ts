/**
 * The gateway under everything at once, from one seed: plans of several people, approvals that are refused,
 * given and taken back, requests and answers that get lost, effects that arrive late, other writers, the kill
 * switch, aborts, undos, and processes that are killed or stalled at any await and succeeded by another.
 * Safety is judged over the whole history; then the weather clears, and everything must come to an end.
 */
import { nextBelow, randomStream, type Random } from '@/engine/kernel';
import type { Command } from '@/engine/twin';
import { inArray } from 'drizzle-orm';
import { setConnectorMode } from '../../connectors/set-connector-mode';
import type { Mishap } from '../../connectors/testing/model-target';
import type { Database } from '../../database/database';
import { plans } from '../../database/schema';
import type { Actor } from '../actor';
import { approvePlan } from '../approval/approve-plan';
import { revokeApproval } from '../approval/revoke-approval';
import { abortPlan } from '../execution/abort-plan';
import { armPlan } from '../execution/arm-plan';
import { resolveUnknown } from '../execution/resolve-unknown';
import { runExecution } from '../execution/run-execution';
import { takeOver } from '../execution/take-over';
import { undoPlan } from '../execution/undo-plan';
import { releaseStop, stopAll } from '../kill-switch';
import { draftPlan } from '../plan/draft-plan';
import { expirePlans } from '../plan/expire-plans';
import { proposePlan } from '../plan/propose-plan';
import { rehearsePlan } from '../plan/rehearse-plan';
import type { PlanRow } from '../plan/plan-summary';
import type { GatewayPorts } from '../ports';
import { verifyPlans } from '../verification/verify-plans';
import { ADA, BOB, gatewayBench, type Bench } from '../testing/bench';
import { checkHistory } from './check-history';
import { mortalConnectors, mortalDatabase, mortalProcess } from './crash-points';

export type SwarmOptions = { readonly db: Database; readonly seed: number; readonly rounds: number; /** Plants a fault in the target, to prove that the judge bites. */ readonly forgetfulTarget?: boolean };
export type SwarmReport = { readonly violations: readonly string[]; readonly crashes: number; readonly effects: number; readonly unfinished: readonly string[]; readonly states: Readonly<Record<string, number>> };

const PEOPLE: readonly Actor[] = [ADA, BOB, { id: 'cyd', kind: 'person' }, { id: 'robot', kind: 'service' }, { id: 'oracle', kind: 'model' }];
const CRASH_ONE_IN = 25;
const SERVICES = ['backend', 'store'] as const;

type Swarm = { readonly random: Random; readonly bench: Bench; readonly db: Database; weather: 'storm' | 'clear'; crashes: number };

export async function runGatewaySwarm({ db, seed, rounds, forgetfulTarget = false }: SwarmOptions): Promise<SwarmReport> {
  const random = randomStream(seed, 'gateway swarm');
  const swarm: Swarm = { random, db, weather: 'storm', crashes: 0, bench: gatewayBench({ db, policy: { liveOperationsPerMinute: 30, planLifetimeSeconds: 21_600, approvalLifetimeSeconds: 10_800, singleOperator: nextBelow(random, 2) === 0 }, model: { mishap: () => drawMishap(swarm), forgetful: forgetfulTarget } }) };
  await inProcess(swarm, (ports) => setConnectorMode(ports, { connector: 'model', mode: 'live' }, ADA));
  for (let round = 0; round < rounds; round += 1) await inProcess(swarm, (ports) => act(swarm, ports));
  await clearUp(swarm);
  const rows = await db.select().from(plans);
  const states: Record<string, number> = {};
  for (const { state } of rows) states[state] = (states[state] ?? 0) + 1;
  return {
    violations: await checkHistory(db, swarm.bench.target.effects, swarm.bench.ports.policy),
    crashes: swarm.crashes,
    effects: swarm.bench.target.effects.length,
    unfinished: rows.filter(({ state }) => ['armed', 'executing', 'undoing', 'needs-human'].includes(state)).map(({ id, state }) => `${id} is ${state}`),
    states,
  };
}

/** Runs something in a process of its own. If that falls, a successor takes over, and may fall as well. */
async function inProcess(swarm: Swarm, work: (ports: GatewayPorts) => Promise<unknown>): Promise<void> {
  const process = mortalProcess(swarm.random, swarm.weather === 'storm' ? CRASH_ONE_IN : 0);
  const { ports: whole } = swarm.bench;
  const ports = { ...whole, db: mortalDatabase(swarm.db, process.point), connectors: mortalConnectors(whole.connectors, process.point) };
  const done = work(ports).then(() => 'done' as const, () => 'done' as const); // a lost race between two processes ends one of them with an error
  const fate = await Promise.race([done, process.fallen]);
  if (fate === 'done') return;
  swarm.crashes += 1;
  await inProcess(swarm, recover);
  if (fate === 'stalled') {
    process.wake();
    await done;
  }
}

async function recover(ports: GatewayPorts): Promise<void> {
  for (const serial of await takeOver(ports)) await runExecution(ports, serial);
}

function drawMishap({ random, weather }: Swarm): Mishap {
  if (weather === 'clear') return 'none';
  return (['none', 'none', 'none', 'lost-request', 'lost-answer', 'late-effect'] as const)[nextBelow(random, 6)]!;
}

const pick = <T>(random: Random, list: readonly T[]): T | undefined => (list.length === 0 ? undefined : list[nextBelow(random, list.length)]);

async function act(swarm: Swarm, ports: GatewayPorts): Promise<void> {
  const { random, bench } = swarm;
  const somebody = pick(random, PEOPLE)!;
  const plan = async (...states: PlanRow['state'][]) => pick(random, (await ports.db.select().from(plans).where(inArray(plans.state, states))).sort((a, b) => (a.id < b.id ? -1 : 1)));
  const draw = nextBelow(random, 100);
  if (draw < 14) return write(swarm, ports, somebody);
  if (draw < 20) return withPlan(await plan('rehearsed'), (row) => approvePlan(ports, row, somebody));
  if (draw < 46) return withPlan(await plan('rehearsed'), (row) => promote(ports, row, row.author === ADA.id ? BOB : ADA));
  if (draw < 60) return withPlan(await plan('approved', 'approved', 'rehearsed'), (row) => execute(ports, armPlan(ports, row, somebody)));
  if (draw < 64) return withPlan(await plan('verifying', 'executing', 'armed'), (row) => abortPlan(ports, { id: row.id, reason: 'no' }, somebody));
  if (draw < 70) return withPlan(await plan('aborted', 'done'), (row) => execute(ports, undoPlan(ports, row, somebody)));
  if (draw < 77) return withPlan(await plan('needs-human'), (row) => resolveUnknown(ports, { id: row.id, tookEffect: nextBelow(random, 2) === 0, reason: 'looked' }, somebody));
  if (draw < 80) return withPlan(await plan('stale', 'expired', 'approved'), (row) => rehearsePlan(ports, row, somebody));
  if (draw < 82) return withPlan(await plan('approved', 'executing'), (row) => revokeApproval(ports, row, somebody));
  if (draw < 84) return void bench.target.interfere(pick(random, SERVICES)!, 1 + nextBelow(random, 5));
  if (draw < 86) return void bench.target.deliverLate();
  if (draw < 87) return void (await stopAll(ports, 'a drill', somebody));
  if (draw < 92) return void (await releaseStop(ports, ADA));
  if (draw < 94) return void (await setConnectorMode(ports, { connector: 'model', mode: pick(random, ['dry-run', 'live', 'live', 'live'] as const)! }, ADA));
  bench.pass(nextBelow(random, 6) === 0 ? 1_800 : 30);
  await expirePlans(ports);
  await verifyPlans(ports, [], null);
}

const withPlan = async (row: PlanRow | undefined, work: (row: PlanRow) => Promise<unknown>): Promise<void> => void (row === undefined ? null : await work(row));

async function promote(ports: GatewayPorts, row: PlanRow, by: Actor): Promise<void> {
  const approved = await approvePlan(ports, row, by);
  if (approved.ok) await execute(ports, armPlan(ports, row, by));
}

async function execute(ports: GatewayPorts, arming: ReturnType<typeof armPlan>): Promise<void> {
  const armed = await arming;
  if (armed.ok) await runExecution(ports, armed.value.execution);
}

async function write({ random }: Swarm, ports: GatewayPorts, author: Actor): Promise<void> {
  const commands = Array.from({ length: 1 + nextBelow(random, 3) }, (): Command => {
    const service = pick(random, SERVICES)!;
    if (nextBelow(random, 5) === 0) return { kind: 'restart-replica', service, replica: `${service}-1` };
    return nextBelow(random, 3) === 0 ? { kind: 'set-cpu-quota', service, quotaMillicores: 100 * (1 + nextBelow(random, 9)) } : { kind: 'set-replicas', service, replicas: nextBelow(random, 24) };
  });
  const draft = await draftPlan(ports, { title: 'a change', why: 'swarm', target: { connector: 'model', name: 'model' }, commands, settleSeconds: 1, verifySeconds: 5 }, author);
  if (!draft.ok) return;
  await proposePlan(ports, draft.value, author);
  await rehearsePlan(ports, draft.value, author);
}

/** Liveness: without mishaps and crashes everything that was begun ends, and what needs a person gets one. */
async function clearUp(swarm: Swarm): Promise<void> {
  swarm.weather = 'clear';
  swarm.bench.target.deliverLate();
  await inProcess(swarm, async (ports) => {
    await releaseStop(ports, ADA);
    await setConnectorMode(ports, { connector: 'model', mode: 'live' }, ADA);
    await recover(ports);
    for (const row of await ports.db.select().from(plans).where(inArray(plans.state, ['needs-human']))) await resolveUnknown(ports, { id: row.id, tookEffect: false, reason: 'looked' }, ADA);
  });
}
