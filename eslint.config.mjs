/** Flat config by hand: TypeScript, React hooks, Next, and the block that keeps the engine deterministic. */
import next from '@next/eslint-plugin-next';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

const EXACT_MATH = ['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc', 'PI', 'E', 'LN2'];
const engine = ['engine/**/*.ts', 'scenarios/**/*.ts'];
const tests = ['**/*.test.ts', '**/*.bench.ts'];

export default ts.config(
  { ignores: ['node_modules/**', '.next/**', '.orrery/**', 'public/**', 'next-env.d.ts', 'test-results/**', 'playwright-report/**', 'coverage/**'] },
  ...ts.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always'],
      'no-console': 'off',
    },
  },
  {
    files: engine,
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', 'Date', 'Intl', 'performance', 'process', 'console', 'fetch', 'setTimeout', 'setInterval', 'queueMicrotask', 'crypto', 'structuredClone', 'globalThis', 'Promise'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Draw from a named stream (kernel/random).' }],
      'no-restricted-syntax': [
        'error',
        { selector: ':matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression)[async=true]', message: 'The engine never waits.' },
        { selector: 'AwaitExpression', message: 'The engine never waits.' },
        { selector: 'CallExpression[callee.property.name=/^(sort|toSorted)$/][arguments.length=0]', message: 'Sort with a comparator that ends in an id.' },
        { selector: 'CallExpression[callee.property.name=/^(toLocale|localeCompare$)/]', message: 'Locale output differs between machines.' },
        { selector: `MemberExpression[object.name="Math"]:not([property.name=/^(${EXACT_MATH.join('|')})$/])`, message: 'Its last digits differ between browsers: use kernel exp/log/pow.' },
        { selector: 'VariableDeclarator[init.name="Math"]', message: 'Call Math.x by its name, so that the rule can see it.' },
        { selector: 'BinaryExpression[operator="**"]:not([left.value=2]):not([left.bigint]):not([right.callee.name="BigInt"])', message: 'Exact for powers of two and bigints alone: multiply, or use kernel pow.' },
      ],
    },
  },
  { files: ['app/**/*.{ts,tsx}'], plugins: { 'react-hooks': hooks, '@next/next': next }, rules: { ...hooks.configs.recommended.rules, ...next.configs.recommended.rules } },
);
