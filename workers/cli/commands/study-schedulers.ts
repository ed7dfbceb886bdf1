/** `study schedulers`: one workload under several policies, side by side. */
import { os } from '@/engine/twin';
import { readPolicyModule, readStudy } from '@/workers/host/read-study';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';
import { pathFromHere, readText } from '../files';
import { decimalNumber } from '../numbers';
import { issueLines, parseYaml } from '../scenario-file';

/** Three that never stop, one of them nice and unimportant, and one that works a little fifty times a second. */
const USUAL = [{ name: 'build', busy: true, priority: 1 }, { name: 'encode', busy: true, priority: 1 }, { name: 'index', busy: true, nice: 10, priority: 5 }, { name: 'editor', everyMs: 20, workMs: 1, priority: 0 }];

export const command = defineCommand({
  about:
    'Runs tasks on one CPU under round robin, priorities without and with ageing, CFS and EEVDF, and under a policy of your own. Prints one line per policy\n{policy, switches, tasks:[{name, done, cpuUs, meanWaitUs, meanResponseUs, worstResponseUs, longestStarvedUs}]}. TASKS is YAML or JSON:\na list of {name, nice, priority (0 first), busy: true | everyMs with workMs | pieces: [{atMs, workMs}], fromMs}.\nA policy is an ES module: export default {name, pick(ready, nowUs) → index, sliceUs(chosen, ready), preempts(waking, running)}.',
  positionals: { names: '[TASKS]', min: 0, max: 1 },
  options: {
    policy: { type: 'string', value: 'MODULE', help: 'A policy of your own, beside the others.' },
    seconds: { type: 'string', value: 'S', default: '10', help: 'How long.' },
  },
  examples: ['study schedulers', 'study schedulers tasks.yaml --policy shortest-first.mjs --seconds 30'],
  async run(values, [path], io) {
    const untilUs = decimalNumber('--seconds', values.seconds, { min: 0.001, max: 86_400 }) * 1e6;
    const works = readStudy(path === undefined ? USUAL : parseYaml(path, await readText(path)), untilUs);
    if (!works.ok) throw new BadInput(issueLines(path ?? 'the tasks', works.error));
    const own = values.policy === undefined ? [] : [await readPolicyModule(values.policy, pathFromHere(values.policy))];
    for (const policy of [...os.STUDIED, ...own]) await io.json(studied(works.value, policy, untilUs));
    return EXIT.ok;
  },
});

/** A policy that breaks is told as such: it may be the user's. */
function studied(works: readonly os.StudyWork[], policy: os.StudyPolicy, untilUs: number): os.StudyResult {
  try {
    return os.studySchedulers(works, [policy], untilUs)[0]!;
  } catch (error) {
    throw new BadInput(`The policy "${policy.name}" failed: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
