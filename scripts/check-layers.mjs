/**
 * Enforces the import table of ARCHITECTURE.md §2. Every relative or `@/` import (type-only ones too) is
 * resolved to its layer; the table says which layers may be imported, and other engine modules are entered
 * only by their door (`@/engine/twin`, never `@/engine/twin/infra/…`).
 *
 * Usage: node scripts/check-layers.mjs [ROOT]. Exit 0 clean, 1 with one line per forbidden import.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));

const ENGINE_DOORS = ['kernel', 'telemetry', 'twin', 'forecast', 'risk', 'cost', 'loop', 'query', 'scenario'].map((m) => `engine/${m}`);

/** layer → layers it may import; `packages` lists the npm packages allowed ('*' = any, [] = none). */
const TABLE = {
  'engine/kernel': { layers: [], packages: [] },
  'engine/telemetry': { layers: ['engine/kernel'], packages: [] },
  'engine/twin': { layers: ['engine/kernel', 'engine/telemetry'], packages: [] },
  'engine/forecast': { layers: ['engine/kernel', 'engine/telemetry'], packages: [] },
  'engine/risk': { layers: ['engine/kernel', 'engine/telemetry', 'engine/twin', 'engine/forecast'], packages: [] },
  'engine/cost': { layers: ['engine/kernel', 'engine/telemetry', 'engine/twin', 'engine/forecast'], packages: [] },
  'engine/loop': { layers: ['engine/kernel', 'engine/telemetry', 'engine/twin', 'engine/forecast', 'engine/risk', 'engine/cost'], packages: [] },
  'engine/query': { layers: ['engine/kernel'], packages: [] },
  'engine/scenario': { layers: ENGINE_DOORS, packages: [] },
  scenarios: { layers: ENGINE_DOORS, packages: [] },
  workers: { layers: [...ENGINE_DOORS, 'scenarios'], packages: '*' },
  'app/_server': { layers: [...ENGINE_DOORS, 'scenarios', 'workers'], packages: '*' },
  'app/_lib': { layers: [...ENGINE_DOORS, 'scenarios', 'workers', 'app/_server'], packages: '*' },
  'app/_features': { layers: [...ENGINE_DOORS, 'scenarios', 'app/_lib', 'app/_ui'], packages: '*' },
  'app/_ui': { layers: [], packages: '*' },
  'app/api': { layers: ['app/_server', 'engine/kernel'], packages: '*' },
  'app/(workbench)': { layers: ['app/_features', 'app/_ui', 'app/_lib'], packages: '*' },
  app: { layers: ['app/_features', 'app/_ui', 'app/_lib'], packages: '*' },
  fixtures: { layers: [...ENGINE_DOORS], packages: '*' },
  scripts: { layers: [...ENGINE_DOORS, 'scenarios', 'workers', 'fixtures'], packages: '*' },
  e2e: { layers: ['scripts', 'fixtures'], packages: '*' },
};
const LAYERS = Object.keys(TABLE).sort((x, y) => y.length - x.length);
const layerOf = (path) => LAYERS.find((layer) => path === layer || path.startsWith(`${layer}/`));

/** The router type and nothing else crosses from the server to the browser; tests may use what they test with. */
const isTest = (path) => /\.(test|bench)\.tsx?$/.test(path);

function* sources(folder) {
  for (const name of readdirSync(folder)) {
    if (name === 'node_modules' || name.startsWith('.')) continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.(ts|tsx)$/.test(name) && !name.endsWith('.d.ts')) yield path;
  }
}

const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+|@\/[^'"]+)['"]\s*,\s*import\.meta\.url/g;

export function checkFile(path, text) {
  const from = layerOf(path);
  if (from === undefined) return [];
  const found = [];
  for (const match of text.matchAll(IMPORT)) {
    const target = match[3] ?? match[4] ?? match[5];
    const typeOnly = match[2] !== undefined;
    const local = target.startsWith('.') ? relative(root, resolve(root, dirname(path), target)) : target.startsWith('@/') ? target.slice(2) : null;
    if (local === null) {
      const allowed = TABLE[from].packages;
      if (allowed !== '*' && !allowed.includes(target) && !isTest(path)) found.push(`${path}: ${from} may not import the package "${target}"`);
      continue;
    }
    const to = layerOf(local);
    if (to === undefined || to === from) {
      if (to === 'app/_features' && from === to && local.split('/')[2] !== path.split('/')[2]) found.push(`${path}: reaches inside another feature (${local})`);
      continue;
    }
    if (isTest(path)) continue;
    if (!TABLE[from].layers.includes(to)) found.push(`${path}: ${from} may not import ${to} (${target})`);
    else if (from === 'app/_lib' && to === 'app/_server' && !typeOnly) found.push(`${path}: app/_lib may import only types from app/_server (${target})`);
    else if (ENGINE_DOORS.includes(to) && local !== to) found.push(`${path}: enter ${to} by its door, not ${target}`);
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = ['engine', 'scenarios', 'workers', 'app', 'fixtures', 'scripts', 'e2e'].flatMap((folder) => {
    try {
      return [...sources(join(root, folder))].flatMap((file) => checkFile(relative(root, file), readFileSync(file, 'utf8')));
    } catch (error) {
      if (error.code === 'ENOENT') return [];
      throw error;
    }
  });
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'layers: clean' : `layers: ${problems.length} forbidden imports`);
  process.exit(problems.length === 0 ? 0 : 1);
}
