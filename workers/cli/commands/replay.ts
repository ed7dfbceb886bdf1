/** `replay`: recorded telemetry through the same decision loop; one line per turn, nothing is sent anywhere. */
import { DEFAULT_POLICY, parsePolicy, type Decision, type LoopPolicy } from '@/engine/loop';
import { advanceReplay, startReplay } from '@/engine/scenario';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { readText } from '../files';
import { decimalNumber } from '../numbers';
import { readRecordingNamed } from '../recording-twin';
import { issueLines, parseYaml } from '../scenario-file';

export const command = defineCommand({
  about: 'Feeds a recording through the decision loop. Prints one line per decision turn\n{at, findings, candidates:[{plan, score, rejectedBecause}], chosen, decisionHash}\nand last a summary {turns, decisionsHash, alarms, calibration, hosts, notes}. Never writes to a connector.',
  positionals: { names: 'RECORDING', min: 1, max: 1 },
  options: {
    policy: { type: 'string', value: 'FILE', help: 'YAML or JSON with limits, objectives and prices; what it leaves out keeps its default.' },
    speed: { type: 'string', value: 'X|max', default: 'max', help: 'Recorded seconds per second, or max.' },
  },
  examples: ['replay fixtures/recordings/faulty-day', 'replay fixtures/recordings/calm-day --policy policy.yaml'],
  async run(values, [path], io) {
    const policy = values.policy === undefined ? DEFAULT_POLICY : await readPolicy(values.policy);
    const secondsPerSecond = values.speed === 'max' ? Infinity : decimalNumber('--speed', values.speed, { min: 0.01, max: 1e6 });
    const replay = startReplay(await readRecordingNamed(path!), policy);
    if (!replay.calibration.ok) io.progress(`No twin: ${replay.calibration.error.message}; ${replay.calibration.error.next}. Services are only watched.`);
    for (const note of replay.hostNotes) io.progress(note);
    let turns = 0;
    for (let decision = advanceReplay(replay); decision !== null; decision = advanceReplay(replay), turns += 1) {
      if (secondsPerSecond < Infinity) await new Promise((resolve) => setTimeout(resolve, (policy.everySeconds / secondsPerSecond) * 1_000));
      await io.json(printed(decision));
    }
    const calibration = replay.calibration.ok ? { medianError: replay.calibration.value.medianError, services: replay.calibration.value.services, warnings: replay.calibration.value.warnings } : null;
    await io.json({ turns, decisionsHash: replay.state.decisionsHash, alarms: replay.alarms, calibration, hosts: (replay.config.system.hosts ?? []).map(({ name }) => name), notes: replay.hostNotes });
    return EXIT.ok;
  },
});

async function readPolicy(path: string): Promise<LoopPolicy> {
  const parsed = parsePolicy(parseYaml(path, await readText(path)));
  if (!parsed.ok) throw new BadInput(issueLines(path, parsed.error));
  return parsed.value;
}

function printed({ atUs, findings, candidates, chosen, because, decisionHash }: Decision) {
  return {
    at: new Date(atUs / 1_000).toISOString(),
    findings,
    candidates: candidates.map(({ rehearsal, score, rejectedBecause }) => ({ plan: { title: rehearsal.proposal.title, commands: rehearsal.proposal.commands }, score: score.total, rejectedBecause })),
    chosen: chosen === null ? null : { planId: chosen.planId, title: chosen.body.title, predicted: chosen.body.predicted },
    because,
    decisionHash,
  };
}
