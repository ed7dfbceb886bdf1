/** The checks that need no run of the program, each a command that ends with 0 when all is well. */
const node = (...args) => [process.execPath, args];

export const CHECKS = [
  { name: 'layers', command: node('scripts/check-layers.mjs') },
  ...['engine', 'scenarios', 'workers', 'scripts', '.'].map((layer) => ({
    name: `types of ${layer === '.' ? 'app' : layer}`,
    command: node('node_modules/typescript/bin/tsc', '-p', layer, '--noEmit'),
  })),
  { name: 'lint', command: node('node_modules/eslint/bin/eslint.js', '.') },
];
