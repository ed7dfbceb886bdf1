/** Validates a scenario document (already parsed from YAML or JSON) and reports every issue with its path. */
import { err, ok, type Result } from '@/engine/kernel';
import {
  member, note, onlyKeys, optional, os, readChoice, readCommand, readFault, readFlag, readList, readNumber, readSystem, readText, specReader, type SpecIssue, type SpecReader,
} from '@/engine/twin';
import type { ObjectiveSpec, ScenarioSpec } from './scenario-spec';

const KEYS = ['formatVersion', 'id', 'title', 'question', 'seed', 'durationSeconds', 'warmUpSeconds', 'system', 'faults', 'actions', 'objectives', 'loop'];
const DURATION_MAX = 31 * 86_400;

export function parseScenario(document: unknown): Result<ScenarioSpec, readonly SpecIssue[]> {
  const at = specReader(document);
  if (!onlyKeys(at, KEYS)) return err(at.issues);
  const system = readSystem(member(at, 'system'));
  const scenario: ScenarioSpec = {
    formatVersion: readChoice(member(at, 'formatVersion'), [1]),
    id: readText(member(at, 'id'), 80),
    title: readText(member(at, 'title')),
    question: readText(member(at, 'question'), 1_000),
    seed: readNumber(member(at, 'seed'), { min: 0, integer: true }),
    durationSeconds: readNumber(member(at, 'durationSeconds'), { min: 1, max: DURATION_MAX, integer: true }),
    warmUpSeconds: optional(at, 'warmUpSeconds', (m) => readNumber(m, { min: 0, max: DURATION_MAX, integer: true })),
    system,
    faults: optional(at, 'faults', (m) => readList(m, (fault) => readFault(fault, system))),
    actions: optional(at, 'actions', (m) =>
      readList(m, (action) => {
        onlyKeys(action, ['atSeconds', 'command']);
        return { atSeconds: readNumber(member(action, 'atSeconds'), { min: 0, max: DURATION_MAX }), command: readCommand(member(action, 'command')) };
      }),
    ),
    objectives: optional(at, 'objectives', (m) => readList(m, (objective) => readObjective(objective, [...system.services.map((s) => s.name), ...(system.hosts ?? []).flatMap((host) => host.programs.map((program) => os.serviceOfSpec(host.name, program)))]))),
    loop: optional(at, 'loop', (m) => {
      onlyKeys(m, ['everySeconds', 'autoApprove']);
      return { everySeconds: readNumber(member(m, 'everySeconds'), { min: 1, max: 86_400, integer: true }), autoApprove: readFlag(member(m, 'autoApprove')) };
    }),
  };
  if ((scenario.warmUpSeconds ?? 0) >= scenario.durationSeconds) note(member(at, 'warmUpSeconds'), 'out-of-range', 'the warm-up takes the whole run', `choose less than ${scenario.durationSeconds} s`);
  return at.issues.length === 0 ? ok(scenario) : err(at.issues);
}

function readObjective(at: SpecReader, services: readonly string[]): ObjectiveSpec {
  const kind = readChoice(member(at, 'kind'), ['latency', 'availability', 'cost', 'rto', 'rpo']);
  const service = () => {
    const name = readText(member(at, 'service'));
    if (name !== '' && name !== 'client' && !services.includes(name)) note(member(at, 'service'), 'unknown-name', `there is no service "${name}"`, `known: client, ${services.slice(0, 8).join(', ')}`);
    return name;
  };
  switch (kind) {
    case 'latency':
      onlyKeys(at, ['kind', 'service', 'quantile', 'maxMs']);
      return { kind, service: service(), quantile: readChoice(member(at, 'quantile'), [0.5, 0.95, 0.99]), maxMs: readNumber(member(at, 'maxMs'), { min: 0, max: 3_600_000 }) };
    case 'availability':
      onlyKeys(at, ['kind', 'service', 'min']);
      return { kind, service: service(), min: readNumber(member(at, 'min'), { min: 0, max: 1 }) };
    case 'rto':
    case 'rpo':
      onlyKeys(at, ['kind', 'service', 'maxSeconds']);
      return { kind, service: service(), maxSeconds: readNumber(member(at, 'maxSeconds'), { min: 0, max: 31_536_000 }) };
    case 'cost':
      onlyKeys(at, ['kind', 'maxUsdPerHour']);
      return { kind, maxUsdPerHour: readNumber(member(at, 'maxUsdPerHour'), { min: 0, max: 1_000_000 }) };
  }
}
