/**
 * A scenario as the YAML a person edits, and back with every issue at once. The YAML parser is loaded when
 * it is first needed: reading a scenario costs the first paint nothing.
 */
import { err, ok, type Result } from '@/engine/kernel';
import { parseScenario, type ScenarioSpec } from '@/engine/scenario';
import type { SpecIssue } from '@/engine/twin';

const ALIASES_MAX = 100; // an alias bomb would otherwise grow a small text into gigabytes

export async function scenarioToText(spec: ScenarioSpec): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(JSON.parse(JSON.stringify(spec)), { lineWidth: 110, aliasDuplicateObjects: false });
}

export async function scenarioFromText(text: string): Promise<Result<ScenarioSpec, readonly SpecIssue[]>> {
  const { parse } = await import('yaml');
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: ALIASES_MAX });
  } catch (error) {
    const what = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    return err([{ path: '', code: 'not-parsable', message: what, suggestion: 'Mend the YAML there; indentation counts and lists begin with a dash.' }]);
  }
  const parsed = parseScenario(document);
  return parsed.ok ? ok(parsed.value) : parsed;
}
