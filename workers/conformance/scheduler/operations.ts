/** What scheduler facts ask: one filter, one score, a whole decision, the arithmetic in between. */
import { kubernetes } from '@/engine/twin';
import { z } from 'zod';
import { FactError, type Operations } from '../fact';
import { operation } from '../operation';
import { clusterOf, factRules } from './from-fact';
import { PREEMPTION_OPERATIONS } from './preemption-operations';
import { cluster, nodeAffinity, spreadConstraint } from './schemas';

const weightedResources = z.array(z.strictObject({ name: z.string(), weight: z.number() }));
const config = z.strictObject({
  strategy: z.enum(['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio']).optional(),
  resources: weightedResources.optional(),
  shape: z.array(z.tuple([z.number(), z.number()])).optional(),
  hardPodAffinityWeight: z.number().optional(),
  ignorePreferredTermsOfExistingPods: z.boolean().optional(),
  defaulting: z.enum(['System', 'List']).optional(),
  addedAffinity: nodeAffinity.optional(),
  ignore: z.array(z.string()).optional(),
  ignoreResources: z.array(z.string()).optional(),
  ignoreGroups: z.array(z.string()).optional(),
  defaults: z.array(spreadConstraint).optional(),
});
const pluginFact = cluster.extend({ plugin: z.string(), config: config.default({}) });
const decideFact = cluster.extend({ weights: z.partialRecord(z.enum(kubernetes.SCORE_NAMES), z.number()).optional() });

function profileOf(settings: z.output<typeof config>, verified: unknown, version: kubernetes.KubernetesVersion): kubernetes.SchedulerProfile {
  const base = kubernetes.defaultProfile(version);
  const resources = settings.resources ?? base.settings.fit.resources;
  const type = settings.strategy ?? 'LeastAllocated';
  const shape = (settings.shape ?? []).map(([utilization, score]) => ({ utilization, score }));
  return {
    ...base,
    settings: {
      ...base.settings,
      rules: factRules(verified, version),
      fit: type === 'RequestedToCapacityRatio' ? { type, resources, shape } : { type, resources },
      balancedResources: resources,
      hardPodAffinityWeight: settings.hardPodAffinityWeight ?? base.settings.hardPodAffinityWeight,
      ignorePreferredTermsOfExistingPods: settings.ignorePreferredTermsOfExistingPods ?? false,
      spreadDefaulting: settings.defaulting ?? 'System',
      spreadDefaults: settings.defaults ?? [],
      ...(settings.addedAffinity === undefined ? {} : { addedAffinity: settings.addedAffinity }),
      ignoredResources: settings.ignoreResources ?? settings.ignore ?? [],
      ignoredResourceGroups: settings.ignoreGroups ?? [],
    },
  };
}

const named = <T extends string>(names: readonly T[], name: string): T => {
  const found = names.find((other) => other === name);
  if (found === undefined) throw new FactError(`plugin: no rule for ${name}`);
  return found;
};

const byNode = <T>(nodes: readonly kubernetes.NodeInfo[], valueOf: (info: kubernetes.NodeInfo, index: number) => T): Record<string, T> =>
  Object.fromEntries(nodes.map((info, i) => [info.node.name, valueOf(info, i)]));

const filter = operation(pluginFact, (input, version, { verified }) => {
  const { pod, snapshot, asked } = clusterOf(input);
  const plugin = kubernetes.FILTERS[named(kubernetes.FILTER_NAMES, input.plugin)];
  const judge = plugin(pod, snapshot, profileOf(input.config, verified, version).settings);
  const rejections = asked.map(judge);
  return { verdict: byNode(asked, (_, i) => rejections[i]?.verdict ?? 'fit'), short: rejections.flatMap((rejection) => rejection?.short ?? []) };
});

const score = operation(pluginFact, (input, version, { verified }) => {
  const { pod, snapshot, asked } = clusterOf(input);
  const plugin = kubernetes.SCORES[named(kubernetes.SCORE_NAMES, input.plugin)];
  const scorer = plugin(pod, snapshot, asked, profileOf(input.config, verified, version).settings);
  if (scorer === null) return { scores: byNode(asked, () => 0), skipped: true };
  const raw = asked.map((info) => scorer.score(info));
  const scores = scorer.normalize?.(raw) ?? raw;
  return { scores: byNode(asked, (_, i) => scores[i]!), raw: byNode(asked, (_, i) => raw[i]!), skipped: false };
});

const decide = operation(decideFact, (input, version, { verified }) => {
  const { pod, snapshot, asked } = clusterOf(input);
  const base = profileOf({}, verified, version);
  const profile = { ...base, weights: { ...base.weights, ...input.weights } };
  const judgement = kubernetes.judgementWithNominated(pod, snapshot, profile);
  const refusals = asked.map((info) => judgement.all(info).map((rejection) => rejection.filter));
  const rejectedBy = Object.fromEntries(asked.flatMap(({ node }, i) => (refusals[i]!.length === 0 ? [] : [[node.name, refusals[i]!]])));
  const { feasible, scores, best } = kubernetes.decide(pod, snapshot, profile);
  const answer = { feasible: feasible.map(({ node }) => node.name), rejectedBy, best: best.map(({ node }) => node.name) };
  if (scores === null) return answer;
  const perPlugin = Object.fromEntries(kubernetes.SCORE_NAMES.map((name) => [name, byNode(feasible, (_, i) => scores.perPlugin[name][i]!)]));
  return { ...answer, perPlugin, total: byNode(feasible, (_, i) => scores.total[i]!) };
});

const normalize = operation(z.strictObject({ max: z.number().default(100), reverse: z.boolean().default(false), scores: z.array(z.number()) }), ({ max, reverse, scores }) => kubernetes.normalizeScores(scores, max, reverse));

const EVERY_X = Array.from({ length: 121 }, (_, i) => i - 10);

/** The places asked about stand in `expect`; without it the whole range −10..110 is answered. */
const interpolate = operation(z.strictObject({ points: z.array(z.tuple([z.number(), z.number()])) }), ({ points }, _version, { expect }) => {
  const asked = z.array(z.looseObject({ x: z.number() })).safeParse(expect);
  const at = asked.success ? asked.data.map(({ x }) => x) : EVERY_X;
  const shape = points.map(([x, y]) => ({ x, y }));
  return at.map((x) => ({ x, y: kubernetes.interpolate(shape, x) }));
});

export const SCHEDULER_OPERATIONS: Operations = { filter, score, decide, normalize, interpolate, ...PREEMPTION_OPERATIONS };
