/** Writes the reference pages that are made from code: `node --import tsx scripts/write-reference.ts`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { queryReference } from './reference/query-reference';

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url));
await mkdir(folder, { recursive: true });
await writeFile(`${folder}queries.md`, queryReference());
