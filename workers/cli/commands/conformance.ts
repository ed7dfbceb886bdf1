/** `conformance`: checks the engine's Kubernetes rules against facts taken from upstream, or answers them. */
import { kubernetes } from '@/engine/twin';
import { answerFact, checkFact } from '@/workers/conformance/check-fact';
import { readFactFiles } from '@/workers/conformance/read-facts';
import { BadInput } from '../bad-input';
import { defineCommand } from '../command';
import { EXIT } from '../exit-code';

export const command = defineCommand({
  about:
    'Runs conformance facts (scheduler, HPA, VPA, node) through the engine. Without --answers it prints a summary with the facts that fail and ends with 1 if there are any.\nWith --answers it prints one line {id, got} per fact; facts without an expected value are answered in full.',
  positionals: { names: 'PATH…', min: 1, max: 1_000 },
  options: {
    answers: { type: 'boolean', help: 'Prints answers instead of a verdict.' },
    kubernetes: { type: 'string', value: 'VERSION', default: kubernetes.DEFAULT_KUBERNETES_VERSION, help: `Rules of this release: ${kubernetes.KUBERNETES_VERSIONS.join(', ')}.` },
  },
  examples: ['conformance fixtures/conformance', 'conformance fixtures/conformance/hpa --answers', 'conformance fixtures/conformance/scheduler --kubernetes 1.36'],
  async run(values, paths, io) {
    const version = kubernetes.KUBERNETES_VERSIONS.find((known) => known === values.kubernetes);
    if (version === undefined) throw new BadInput(`--kubernetes takes ${kubernetes.KUBERNETES_VERSIONS.join(', ')}, not "${values.kubernetes}".`);
    const files = await readFactFiles(paths);
    if (values.answers) {
      let unreadable = 0;
      for (const { area, facts } of files) {
        for (const fact of facts) {
          const answer = answerFact(area, fact, version);
          if (!answer.ok || answer.unread.length > 0) unreadable += 1;
          await io.json(answer.ok ? { id: fact.id, got: answer.got, ...(answer.unread.length === 0 ? {} : { unread: answer.unread }) } : { id: fact.id, got: null, problem: answer.problem });
        }
      }
      if (unreadable > 0) io.progress(`${unreadable} facts could not be answered, or say what no rule looks at.`);
      return EXIT.ok;
    }
    const groups = files.map(({ area, group, facts }) => ({ area, group, verdicts: facts.map((fact) => checkFact(area, fact, version)) }));
    const failing = groups.flatMap(({ verdicts }) => verdicts.filter(({ problem }) => problem !== null).map(({ id, problem }) => ({ id, problem })));
    const summary = groups.map(({ area, group, verdicts }) => ({ area, group, facts: verdicts.length, passed: verdicts.filter(({ problem }) => problem === null).length }));
    const total = summary.reduce((sum, { facts }) => sum + facts, 0);
    await io.json({ kubernetes: version, facts: total, passed: total - failing.length, groups: summary, failing });
    return failing.length === 0 ? EXIT.ok : EXIT.assertionFailed;
  },
});
