/** docs/reference/rest-api.md, written from the operations and the error table themselves. */
import { z } from 'zod';
import { describeRefusal } from '../gateway/describe-refusal';
import type { GatewayRefusal } from '../gateway/gateway-refusal';
import { WIRE_ERRORS } from '../trpc/refusal-errors';
import type { Operation } from './operation';
import { OPERATIONS } from './operations';

const INTRODUCTION = `# REST API

Written by \`UPDATE_DOCS=1 npx vitest run app/_server/rest\` from the code; a test fails when this page and the code differ.
The machine-readable form is \`GET /api/openapi.json\` (OpenAPI 3.1).

The same gateway answers here and to the pages, with the same rules: a plan is drafted, proposed, rehearsed, approved by a
person, and only then executed; whether that is a dry-run or live is the connector's mode, which is set in the workbench.

- **Who asks.** With \`ORRERY_TOKEN\` set, every request needs \`Authorization: Bearer TOKEN\`. Service accounts have tokens of
  their own (\`ORRERY_SERVICE_TOKENS=name=token,…\`): they may draft, propose, rehearse, abort and stop, and never approve or undo. Without
  any configuration whoever reaches this machine's loopback is the one operator.
- **From where.** The Host must be loopback, \`HOST\`, or one of \`ORRERY_HOSTS\`. Changes that a browser sends from another origin are refused.
- **On what.** Where \`If-Match\` stands below it names the \`planId\` that was decided on (64 hex digits). Any edit or new rehearsal
  gives another planId, and then the call is refused.
- **Errors** are \`application/problem+json\` with \`status\`, a stable \`code\`, a sentence in \`detail\` and, where the gateway refused, its facts in \`refusal\`.
`;

const rowOf = ({ method, path, ifMatch, summary, status }: Operation): string => `| \`${method}\` | \`/api/v1${path}\` | ${ifMatch ? 'yes' : ''} | ${status} | ${summary} |`;

const bodiesOf = (operations: readonly Operation[]): string[] =>
  operations.flatMap(({ method, path, bodySchema }) => {
    if (bodySchema === null) return [];
    const { $schema: _schema, ...schema } = z.toJSONSchema(bodySchema, { io: 'input' });
    return Object.keys(schema.properties ?? {}).length === 0 ? [] : [`### \`${method} /api/v1${path}\`\n\n\`\`\`json\n${JSON.stringify(schema, null, 1)}\n\`\`\``];
  });

/** An example of each, to show the sentence that a person reads. */
const EXAMPLES: { readonly [Code in GatewayRefusal['code']]: Extract<GatewayRefusal, { code: Code }> } = {
  'not-found': { code: 'not-found', id: 'ID' },
  'connector-unknown': { code: 'connector-unknown', connector: 'NAME' },
  'wrong-state': { code: 'wrong-state', state: 'draft', wanted: ['approved'] },
  'digest-mismatch': { code: 'digest-mismatch', asked: 'a'.repeat(64), current: 'b'.repeat(64) },
  'not-a-person': { code: 'not-a-person', actor: 'ci' },
  'own-plan': { code: 'own-plan', author: 'ada' },
  'already-approved': { code: 'already-approved', approver: 'ada' },
  'plan-expired': { code: 'plan-expired', expiresAtUs: 1_767_225_600_000_000 },
  'approval-missing': { code: 'approval-missing', valid: 0, required: 1 },
  'connector-mode': { code: 'connector-mode', connector: 'fleet', mode: 'read' },
  stopped: { code: 'stopped', by: 'ada', atUs: 1_767_225_600_000_000 },
  busy: { code: 'busy', id: 'ID', title: 'Scale out', state: 'verifying' },
  'rate-limited': { code: 'rate-limited', operations: 13, perMinute: 12 },
  stale: { code: 'stale', changes: [{ object: 'service/backend', planVersion: '3', nowVersion: '4', was: { replicas: 2 }, is: { replicas: 1 } }] },
  unreachable: { code: 'unreachable', connector: 'fleet', detail: 'the fleet is not running' },
  'command-refused': { code: 'command-refused', step: 0, refusal: { code: 'out-of-range', what: 'replicas', value: 9, min: 1, max: 8 } },
  'steps-out-of-range': { code: 'steps-out-of-range', steps: 0, max: 20 },
  'no-inverse': { code: 'no-inverse', steps: [0] },
  'cannot-rehearse': { code: 'cannot-rehearse', detail: 'the twin is not calibrated yet' },
  fenced: { code: 'fenced', fence: 3, current: 4 },
};

export function restReference(): string {
  const errors = Object.values(EXAMPLES).map((refusal) => `| \`${refusal.code}\` | ${WIRE_ERRORS[refusal.code].status} | ${describeRefusal(refusal)} |`);
  return [
    INTRODUCTION,
    '## Operations\n',
    '| method | path | If-Match | answers | what it does |\n|---|---|---|---|---|',
    ...OPERATIONS.map(rowOf),
    '\n## Bodies\n',
    ...bodiesOf(OPERATIONS).flatMap((body) => [body, '']),
    '## Refusals of the gateway\n',
    '| code | status | as a sentence |\n|---|---|---|',
    ...errors,
    '',
  ].join('\n');
}
