/**
 * The classes of pods a scheduler knows, and how they concern each other: which matchers count them, and
 * what a pod of one does to the affinity tables of another.
 */
import type { Pod } from '../../api/pod';
import { selects } from '../selector';
import { hasOwnConstraints, inclusionOf, spreadConstraintsOf, type SpreadConstraint } from '../spread-constraint';
import { affinityTables, applyEffect, effectsOn, type AffinitySettings } from './affinity-tally';
import { topologyDomains, type TopologyDomains } from './domains';
import type { FastScheduler } from './fast-scheduler';
import { classKeyOf, podClassOf, sharesTemplate, type ClassSpread, type PodClass } from './pod-class';
import { matches, spreadTally, type Matcher, type SpreadTally } from './spread-tally';

/** The class of a pod; a new one is counted into all tables, and all that runs into its own. */
export function classOf(scheduler: FastScheduler, pod: Pod): PodClass {
  const sibling = scheduler.classOfTemplate.get(pod.containers);
  if (sibling !== undefined && sharesTemplate(pod, sibling.pod)) return sibling;
  const key = classKeyOf(pod);
  const podClass = scheduler.classes.get(key) ?? newClass(scheduler, key, pod);
  scheduler.classOfTemplate.set(pod.containers, podClass);
  return podClass;
}

function newClass(scheduler: FastScheduler, key: string, pod: Pod): PodClass {
  const settings = affinitySettings(scheduler);
  const spread = spreadOf(scheduler, pod);
  const podClass = podClassOf(pod, scheduler.columns, scheduler.bare, scheduler.profile, spread, affinityTables(pod, settings));
  scheduler.classes.set(key, podClass);
  for (const matcher of scheduler.matchers.values()) if (matches(matcher, pod)) podClass.matchers.push(matcher);
  relate(scheduler, podClass, settings);
  return podClass;
}

const affinitySettings = (scheduler: FastScheduler): AffinitySettings => ({
  hardPodAffinityWeight: scheduler.profile.settings.hardPodAffinityWeight,
  ignorePreferredTermsOfExistingPods: scheduler.profile.settings.ignorePreferredTermsOfExistingPods,
  namespaces: scheduler.bare.namespaces,
  domainsOf: (key) => domainsOf(scheduler, key),
});

/** Works out what pods of every class do to this one (and what runs already has done), and what it does to them. */
function relate(scheduler: FastScheduler, podClass: PodClass, settings: AffinitySettings): void {
  for (const other of scheduler.classes.values()) {
    const effects = effectsOn(podClass.pod, podClass.affinity, other.pod, other.affinity.terms, settings);
    other.effects.push(...effects);
    for (const effect of effects) for (const [node, count] of other.onNode) applyEffect(effect, node, count);
    if (other !== podClass) podClass.effects.push(...effectsOn(other.pod, other.affinity, podClass.pod, podClass.affinity.terms, settings));
  }
}

function domainsOf(scheduler: FastScheduler, key: string): TopologyDomains {
  const known = scheduler.domains.get(key) ?? topologyDomains(scheduler.columns.nodes, key);
  scheduler.domains.set(key, known);
  return known;
}

function matcherOf(scheduler: FastScheduler, { selector }: SpreadConstraint, namespace: string): Matcher {
  const key = JSON.stringify([namespace, selector.nothing, selector.requirements.map(({ key, operator, values }) => [key, operator, values])]);
  const known = scheduler.matchers.get(key);
  if (known !== undefined) return known;
  const matcher: Matcher = { selector, namespace, onNode: new Int32Array(scheduler.columns.nodes.length), tallies: [] };
  for (const podClass of scheduler.classes.values()) {
    if (!matches(matcher, podClass.pod)) continue;
    podClass.matchers.push(matcher);
    for (const [node, count] of podClass.onNode) matcher.onNode[node] = matcher.onNode[node]! + count;
  }
  scheduler.matchers.set(key, matcher);
  return matcher;
}

function spreadOf(scheduler: FastScheduler, pod: Pod): ClassSpread {
  const { settings } = scheduler.profile;
  const hard = spreadConstraintsOf(pod, scheduler.bare, 'DoNotSchedule', settings);
  const soft = spreadConstraintsOf(pod, scheduler.bare, 'ScheduleAnyway', settings) ?? [];
  const softNeedsAllKeys = hasOwnConstraints(pod) || settings.spreadDefaulting !== 'System';
  const softSpread = talliesOf(scheduler, pod, soft, softNeedsAllKeys);
  const ignores = (node: number) => softNeedsAllKeys && softSpread.some(({ domains }) => domains.ofNode[node]! < 0);
  return {
    hardSpread: hard === null ? null : talliesOf(scheduler, pod, hard, true),
    softSpread,
    softIgnores: Uint8Array.from(scheduler.columns.nodes, (_, node) => (ignores(node) ? 1 : 0)),
  };
}

function talliesOf(scheduler: FastScheduler, pod: Pod, constraints: readonly SpreadConstraint[], needsAllKeys: boolean): readonly SpreadTally[] {
  const includes = inclusionOf(pod);
  const { nodes } = scheduler.columns;
  const domains = constraints.map(({ topologyKey }) => domainsOf(scheduler, topologyKey));
  const counts = (node: number) => !needsAllKeys || domains.every(({ ofNode }) => ofNode[node]! >= 0);
  return constraints.map((constraint, i) => {
    const matcher = matcherOf(scheduler, constraint, pod.namespace);
    return spreadTally(constraint, matcher, domains[i]!, (node) => counts(node) && includes(constraint, nodes[node]!), selects(constraint.selector, pod.labels));
  });
}
