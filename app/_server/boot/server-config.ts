/** Everything the environment decides, read once and checked. Without any of it Orrery runs for one local operator. */
import { err, ok, type Result } from '@/engine/kernel';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { defaultPolicy, type Policy } from '../gateway/policy';

export type AssistantConfig = { readonly baseUrl: string; readonly apiKey: string; readonly model: string };
export type ServerConfig = {
  readonly root: string;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly migrationsFolder: string;
  readonly policy: Policy;
  readonly fleet: 'start' | 'off';
  /** The operator's bearer token for REST; null leaves REST to whoever reaches this machine's loopback. */
  readonly token: string | null;
  /** Service accounts by token: they may draft, propose and rehearse, and never approve. */
  readonly serviceTokens: ReadonlyMap<string, string>;
  readonly assistant: AssistantConfig | null;
  /** Host names under which this server may be asked, besides loopback: a page cannot rebind another name to it. */
  readonly hosts: readonly string[];
};

const whole = (least: number) => z.coerce.number().int().min(least);
const environment = z.object({
  ORRERY_DATA: z.string().min(1).default('./.orrery'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://').optional(),
  ORRERY_FLEET: z.enum(['off', 'start']).default('start'),
  ORRERY_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  ORRERY_SERVICE_TOKENS: z.string().regex(/^[\w-]+=\S{16,}(,[\w-]+=\S{16,})*$/, 'must be NAME=TOKEN,NAME=TOKEN with tokens of at least 16 characters').optional(),
  ORRERY_SINGLE_OPERATOR: z.enum(['true', 'false']).default('true'),
  ORRERY_APPROVALS: whole(1).max(10).default(defaultPolicy.approvalsRequired),
  ORRERY_LIVE_OPERATIONS_PER_MINUTE: whole(1).max(600).default(defaultPolicy.liveOperationsPerMinute),
  ORRERY_ABORT_MARGIN: z.coerce.number().min(0).max(100).default(defaultPolicy.abortMargin),
  ORRERY_ASSISTANT_URL: z.url({ protocol: /^https?$/ }).optional(),
  ORRERY_ASSISTANT_KEY: z.string().min(1).default('none'),
  ORRERY_ASSISTANT_MODEL: z.string().min(1).default('default'),
  ORRERY_HOSTS: z.string().default(''),
  HOST: z.string().default('127.0.0.1'),
});

/** The error names each variable that is wrong, and why. */
export function readConfig(variables: NodeJS.ProcessEnv, root: string): Result<ServerConfig, string> {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) return err(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  const env = parsed.data;
  return ok({
    root,
    dataFolder: resolve(root, env.ORRERY_DATA),
    databaseUrl: env.DATABASE_URL ?? null,
    migrationsFolder: join(root, 'app/_server/database/migrations'),
    policy: {
      ...defaultPolicy,
      singleOperator: env.ORRERY_SINGLE_OPERATOR === 'true',
      approvalsRequired: env.ORRERY_APPROVALS,
      liveOperationsPerMinute: env.ORRERY_LIVE_OPERATIONS_PER_MINUTE,
      abortMargin: env.ORRERY_ABORT_MARGIN,
    },
    fleet: env.ORRERY_FLEET,
    token: env.ORRERY_TOKEN ?? null,
    serviceTokens: new Map((env.ORRERY_SERVICE_TOKENS ?? '').split(',').filter(Boolean).map((pair) => [pair.slice(pair.indexOf('=') + 1), pair.slice(0, pair.indexOf('='))])),
    assistant: env.ORRERY_ASSISTANT_URL === undefined ? null : { baseUrl: env.ORRERY_ASSISTANT_URL, apiKey: env.ORRERY_ASSISTANT_KEY, model: env.ORRERY_ASSISTANT_MODEL },
    hosts: [env.HOST, ...env.ORRERY_HOSTS.split(',').map((host) => host.trim())].filter((host) => host !== '' && host !== '0.0.0.0' && host !== '::'),
  });
}
