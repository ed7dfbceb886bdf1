/** Changes a connector's mode. Leaving live bumps the fence, so an execution under way stops at its next step. */
import { err, ok, type Result } from '@/engine/kernel';
import { appendLeaf } from '../audit/append-leaf';
import { connectorModes, type ConnectorMode } from '../database/schema';
import type { Actor } from '../gateway/actor';
import { bumpFence } from '../gateway/fence';
import type { GatewayRefusal } from '../gateway/gateway-refusal';
import { gatewayTransaction } from '../gateway/gateway-transaction';
import type { GatewayPorts } from '../gateway/ports';

export function setConnectorMode(ports: GatewayPorts, request: { readonly connector: string; readonly mode: ConnectorMode }, actor: Actor): Promise<Result<ConnectorMode, GatewayRefusal>> {
  return gatewayTransaction(ports, async (move) => {
    if (actor.kind !== 'person') return err({ code: 'not-a-person', actor: actor.id });
    const before = await ports.connectors.mode(move.tx, request.connector);
    if (!before.ok || before.value === request.mode) return before;
    const row = { ...request, changedBy: actor.id, changedAtUs: move.nowUs };
    await move.tx.insert(connectorModes).values(row).onConflictDoUpdate({ target: connectorModes.connector, set: row });
    await appendLeaf(move.tx, { atUs: move.nowUs, kind: 'connector-mode', actor: actor.id, id: null, planId: null, detail: { ...request, was: before.value } });
    if (before.value === 'live') await bumpFence(move, actor, `${request.connector} left live`);
    return ok(request.mode);
  });
}
