/** `--vary PATH=V1,V2`: variants of a scenario, each one validated like a scenario that a person wrote. */
import { parseScenario, type ScenarioSpec } from '@/engine/scenario';
import { BadInput } from './bad-input';
import { issueLines } from './scenario-file';

export type Variant = { readonly name: string; readonly spec: ScenarioSpec };

type Setting = { readonly path: readonly string[]; readonly text: string; readonly value: unknown };

/** Every combination of the given values; one variant named after the scenario when there are none. */
export function variantsOf(scenario: ScenarioSpec, varied: readonly string[]): readonly Variant[] {
  const combinations = varied.map(settingsOf).reduce<readonly (readonly Setting[])[]>((made, settings) => made.flatMap((before) => settings.map((setting) => [...before, setting])), [[]]);
  return combinations.map((settings) => {
    const document: unknown = JSON.parse(JSON.stringify(scenario));
    for (const setting of settings) assign(document, setting);
    const name = settings.length === 0 ? scenario.id : settings.map((s) => `${s.path.join('.')}=${s.text}`).join(' ');
    const parsed = parseScenario(document);
    if (!parsed.ok) throw new BadInput(issueLines(name, parsed.error));
    return { name, spec: parsed.value };
  });
}

function settingsOf(text: string): readonly Setting[] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new BadInput(`--vary takes PATH=V1,V2, not "${text}".`);
  const path = text.slice(0, at).split('.');
  return text.slice(at + 1).split(',').map((value) => ({ path, text: value, value: valueOf(value) }));
}

function valueOf(text: string): unknown {
  if (text === 'null' || text === 'true' || text === 'false') return JSON.parse(text);
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Lists are entered by index, or by the name of their item. */
function assign(document: unknown, { path, value }: Setting): void {
  let place = document;
  path.forEach((key, i) => {
    const last = i === path.length - 1;
    const member = Array.isArray(place) ? indexIn(place, key, path) : key;
    const holder = place as Record<string | number, unknown>;
    if (typeof place !== 'object' || place === null || member === '__proto__' || (!last && !Object.hasOwn(holder, member))) throw new BadInput(`The scenario has no "${path.slice(0, i + 1).join('.')}".`);
    if (last) holder[member] = value;
    else place = holder[member];
  });
}

function indexIn(list: readonly unknown[], key: string, path: readonly string[]): number {
  const byName = list.findIndex((item) => typeof item === 'object' && item !== null && 'name' in item && item.name === key);
  const index = byName >= 0 ? byName : /^\d+$/.test(key) ? Number(key) : -1;
  if (index < 0 || index >= list.length) throw new BadInput(`There is no item "${key}" in ${path.slice(0, path.indexOf(key)).join('.')}.`);
  return index;
}
