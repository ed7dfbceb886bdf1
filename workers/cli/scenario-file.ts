/** A scenario named on the command line: an id of `scenarios/`, or a YAML or JSON file of a person's own. */
import { parse, YAMLParseError } from 'yaml';
import { parseScenario, type ScenarioSpec } from '@/engine/scenario';
import type { SpecIssue } from '@/engine/twin';
import { findScenario, scenarios } from '@/scenarios';
import { BadInput } from './bad-input';
import { readText } from './files';

export async function readScenario(name: string): Promise<ScenarioSpec> {
  const shipped = findScenario(name);
  if (shipped !== undefined) return shipped;
  if (!/\.(ya?ml|json)(\.gz)?$/.test(name)) throw new BadInput(`There is no scenario "${name}". Shipped: ${scenarios.map((s) => s.id).join(', ')}; or name a .yaml or .json file.`);
  const parsed = parseScenario(parseYaml(name, await readText(name)));
  if (!parsed.ok) throw new BadInput(issueLines(name, parsed.error));
  return parsed.value;
}

/** JSON is YAML, so one parser reads both. */
export function parseYaml(name: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof YAMLParseError) throw new BadInput(`${name}: ${error.message.split('\n')[0]}`);
    throw new BadInput(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export const issueLines = (name: string, issues: readonly SpecIssue[]) => issues.map((issue) => `${name}: ${issue.path === '' ? 'the document' : issue.path}: ${issue.message}; ${issue.suggestion}.`);
