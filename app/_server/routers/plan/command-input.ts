/** A command of the closed union, as it may come over the wire. The compiler checks that none is missing. */
import type { Command } from '@/engine/twin';
import { z } from 'zod';

const name = z.string().min(1).max(100);
const lossPercent = z.number().min(0).max(100).exactOptional();
const newLink = { lossPercent, lossPercentBack: lossPercent, throughputMbps: z.number().min(0.001).max(400_000_000).exactOptional() };

export const commandInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set-replicas'), service: name, replicas: z.number().int().min(0).max(10_000) }),
  z.strictObject({ kind: z.literal('set-cpu-quota'), service: name, quotaMillicores: z.number().int().min(1).max(1_000_000).nullable() }),
  z.strictObject({ kind: z.literal('restart-replica'), service: name, replica: name }),
  z.strictObject({ kind: z.literal('roll-out'), service: name, cpuRequestMillicores: z.number().int().min(0).max(1_000_000).exactOptional(), memoryRequestMib: z.number().min(0).max(10_000_000).exactOptional() }),
  z.strictObject({ kind: z.literal('cordon-node'), node: name }),
  z.strictObject({ kind: z.literal('uncordon-node'), node: name }),
  z.strictObject({ kind: z.literal('drain-node'), node: name }),
  z.strictObject({ kind: z.literal('remove-node'), node: name }),
  z.strictObject({ kind: z.literal('restore-node'), node: name }),
  z.strictObject({ kind: z.literal('set-hop-penalty'), router: name, hopPenalty: z.number().int().min(0).max(255) }),
  z.strictObject({ kind: z.literal('set-mesh-interface'), router: name, towards: name, up: z.boolean() }),
  z.strictObject({ kind: z.literal('restart-mesh-router'), router: name }),
  z.strictObject({ kind: z.literal('isolate-mesh-router'), router: name, isolated: z.boolean() }),
  z.strictObject({ kind: z.literal('reselect-gateway'), router: name }),
  z.strictObject({ kind: z.literal('add-mesh-link'), router: name, towards: name, ...newLink }),
  z.strictObject({ kind: z.literal('remove-mesh-link'), router: name, towards: name }),
  z.strictObject({ kind: z.literal('add-mesh-router'), router: name, x: z.number().exactOptional(), y: z.number().exactOptional(), neighbours: z.array(z.strictObject({ router: name, ...newLink })).max(200).exactOptional() }),
  z.strictObject({ kind: z.literal('remove-mesh-router'), router: name }),
  z.strictObject({ kind: z.literal('rotate-svid'), service: name }),
  z.strictObject({ kind: z.literal('rotate-authority'), trustDomain: name }),
]) satisfies z.ZodType<Command>;
