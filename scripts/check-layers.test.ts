import { expect, test } from 'vitest';
import { checkFile } from './check-layers.mjs';

const FORBIDDEN: readonly [string, string, string][] = [
  ['kernel reaching up', 'engine/kernel/a.ts', "import { x } from '@/engine/twin';"],
  ['telemetry reaching the twin', 'engine/telemetry/a.ts', "import { x } from '@/engine/twin';"],
  ['a type is an import too', 'engine/telemetry/a.ts', "import type { X } from '@/engine/twin';"],
  ['a relative way out', 'engine/twin/a.ts', "import { x } from '../loop';"],
  ['a re-export', 'engine/twin/index.ts', "export * from '@/engine/loop';"],
  ['a dynamic import', 'engine/twin/a.ts', "const m = import('@/engine/loop');"],
  ['an import over several lines', 'engine/twin/a.ts', "import {\n  x,\n  y,\n} from '@/engine/loop';"],
  ['a bare import', 'engine/twin/a.ts', "import '@/engine/loop';"],
  ['a package in the engine', 'engine/twin/a.ts', "import * as d3 from 'd3';"],
  ['a Node module in the engine', 'engine/kernel/a.ts', "import { readFileSync } from 'node:fs';"],
  ['past the door', 'engine/loop/a.ts', "import { x } from '@/engine/twin/infra/node';"],
  ['the server in a feature', 'app/_features/now/a.tsx', "import { x } from '@/app/_server/db';"],
  ['a value of the server in the browser', 'app/_lib/a.ts', "import { router } from '@/app/_server';"],
  ['another feature', 'app/_features/now/a.tsx', "import { x } from '@/app/_features/plans/b';"],
  ['domain words in a building block', 'app/_ui/a.tsx', "import { x } from '@/engine/twin';"],
  ['a page that skips its feature', 'app/(workbench)/now/page.tsx', "import { x } from '@/engine/twin';"],
  ['a worker in the server of pages', 'app/_features/now/a.tsx', "new Worker(new URL('../../../workers/sim.ts', import.meta.url));"],
];

test.each(FORBIDDEN)('%s is found', (_what, path, text) => {
  expect(checkFile(path, text)).toHaveLength(1);
});

const ALLOWED: readonly [string, string, string][] = [
  ['the kernel in the twin', 'engine/twin/a.ts', "import { ok } from '@/engine/kernel';"],
  ['a neighbour file', 'engine/twin/infra/a.ts', "import { x } from '../world';"],
  ['the type of the router in the browser', 'app/_lib/a.ts', "import type { Router } from '@/app/_server';"],
  ['a package in a page', 'app/_features/now/a.tsx', "import { useState } from 'react';"],
  ['a test with its tools', 'engine/kernel/a.test.ts', "import { test } from 'vitest';\nimport { createHash } from 'node:crypto';"],
  ['words in a text', 'engine/twin/a.ts', "const s = \"take it from 'x'\";"],
];

test.each(ALLOWED)('%s is allowed', (_what, path, text) => {
  expect(checkFile(path, text)).toEqual([]);
});

test('every forbidden import of a file is reported', () => {
  expect(checkFile('engine/kernel/a.ts', "import a from 'a';\nimport b from 'b';\n")).toHaveLength(2);
});
