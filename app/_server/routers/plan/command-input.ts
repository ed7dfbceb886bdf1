/** A command of the closed union, as it may come over the wire. The compiler checks that none is missing. */
import type { Command } from '@/engine/twin';
import { z } from 'zod';

const name = z.string().min(1).max(100);

export const commandInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set-replicas'), service: name, replicas: z.number().int().min(0).max(10_000) }),
  z.strictObject({ kind: z.literal('set-cpu-quota'), service: name, quotaMillicores: z.number().int().min(1).max(1_000_000).nullable() }),
  z.strictObject({ kind: z.literal('restart-replica'), service: name, replica: name }),
  z.strictObject({ kind: z.literal('cordon-node'), node: name }),
  z.strictObject({ kind: z.literal('uncordon-node'), node: name }),
  z.strictObject({ kind: z.literal('drain-node'), node: name }),
  z.strictObject({ kind: z.literal('remove-node'), node: name }),
  z.strictObject({ kind: z.literal('restore-node'), node: name }),
]) satisfies z.ZodType<Command>;
