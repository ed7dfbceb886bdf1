/** Services by how far they are from the entry, above the nodes that carry their replicas; calls as wide as their traffic. */
'use client';

import type { Edge } from '@xyflow/react';
import Link from 'next/link';
import { useMemo } from 'react';
import { formatCores, formatMs, formatRps } from '@/app/_lib/format/quantity';
import type { Frame } from '@/engine/telemetry';
import type { SystemSpec } from '@/engine/twin';
import { BODY_HEIGHT, BODY_WIDTH, FlowCanvas, type BodyNode } from './flow-canvas';
import { riskColour } from './risk-colour';

export type LensProps = { readonly system: SystemSpec; readonly frame: Frame; readonly chosen: string | null; readonly onChoose: (id: string | null) => void };

const STEP_X = 190;
const STEP_Y = 110;

/** Calls between a service and the entry, the longest way. */
function depthsOf(system: SystemSpec): Map<string, number> {
  const depths = new Map(system.services.map((service) => [service.name, 0]));
  for (let round = 0; round < system.services.length; round += 1)
    for (const service of system.services) for (const call of service.calls ?? []) depths.set(call.service, Math.max(depths.get(call.service) ?? 0, (depths.get(service.name) ?? 0) + 1));
  return depths;
}

function placesOf(system: SystemSpec): { services: Map<string, { x: number; y: number }>; rows: number } {
  const depths = depthsOf(system);
  const inRow = new Map<number, number>();
  const services = new Map<string, { x: number; y: number }>();
  for (const { name } of system.services) {
    const depth = depths.get(name) ?? 0;
    const column = inRow.get(depth) ?? 0;
    inRow.set(depth, column + 1);
    services.set(name, { x: column * STEP_X * 1.5 + depth * 70, y: depth * STEP_Y });
  }
  return { services, rows: Math.max(0, ...depths.values()) + 1 };
}

export function InfraLens({ system, frame, chosen, onChoose }: LensProps) {
  const places = useMemo(() => placesOf(system), [system]);
  const serviceNodes = system.services.map((service): BodyNode => {
    const sample = frame.services.find((s) => s.service === service.name);
    const lanes = (sample?.replicasReady ?? 0) * Math.min(service.lanes, sample?.quotaMillicores ? sample.quotaMillicores / 1_000 : service.lanes);
    const id = `service:${service.name}`;
    return {
      id,
      type: 'body',
      width: BODY_WIDTH,
      height: BODY_HEIGHT,
      position: places.services.get(service.name)!,
      ariaLabel: `${service.name}, service: ${formatRps(sample?.servedRps)}, p95 ${formatMs(sample?.latencyP95Us)}`,
      data: { title: service.name, lines: [`${sample?.replicasReady ?? 0} of ${sample?.replicas ?? 0} replicas`, `${formatRps(sample?.servedRps)}, p95 ${formatMs(sample?.latencyP95Us)}`], colour: riskColour(lanes === 0 ? null : (sample?.cpuCores ?? 0) / lanes), muted: false, chosen: chosen === id },
    };
  });
  const hostNodes = frame.nodes.map((node, i): BodyNode => {
    const id = `node:${node.node}`;
    return {
      id,
      type: 'body',
      width: BODY_WIDTH,
      height: BODY_HEIGHT,
      position: { x: i * STEP_X, y: places.rows * STEP_Y + 60 },
      ariaLabel: `${node.node}, node: ${node.up ? formatCores(node.cpuCores) : 'down'}`,
      data: { title: node.node, lines: [node.up ? `${formatCores(node.cpuCores)} of ${node.cpuCapacityCores}` : 'down', node.replicas.join(', ') || 'empty'], colour: riskColour(node.up ? (node.cpuCores ?? 0) / node.cpuCapacityCores : null), muted: !node.up, chosen: chosen === id },
    };
  });
  return (
    <div className="grid gap-2">
      <p className="text-ink-2">
        Thousands of nodes and their pods in one picture:{' '}
        <Link href="/twin/cluster" className="underline underline-offset-2">
          Whole cluster
        </Link>
        .
      </p>
      <FlowCanvas name="Services and nodes" nodes={[...serviceNodes, ...hostNodes]} edges={[...callEdges(system, frame), ...placementEdges(system, frame)]} onChoose={onChoose} />
    </div>
  );
}

function callEdges(system: SystemSpec, frame: Frame): Edge[] {
  return system.services.flatMap((service) =>
    (service.calls ?? []).map((call): Edge => {
      const rps = (frame.services.find((s) => s.service === service.name)?.servedRps ?? 0) * call.perRequest;
      return { id: `${service.name}>${call.service}`, source: `service:${service.name}`, target: `service:${call.service}`, sourceHandle: 'bottom-out', targetHandle: 'top-in', label: formatRps(rps), ariaLabel: `${service.name} calls ${call.service}, ${formatRps(rps)}`, style: { stroke: 'var(--ink-2)', strokeWidth: 1 + Math.sqrt(rps) / 3 }, labelStyle: { fill: 'var(--ink-2)', fontSize: 11 }, labelBgStyle: { fill: 'var(--paper)' } };
    }),
  );
}

/** A replica's name begins with its service's. */
function placementEdges(system: SystemSpec, frame: Frame): Edge[] {
  return frame.nodes.flatMap((node) => {
    const carried = system.services.filter((service) => node.replicas.some((replica) => replica.startsWith(`${service.name}-`)));
    return carried.map((service): Edge => ({ id: `${service.name}@${node.node}`, source: `service:${service.name}`, target: `node:${node.node}`, sourceHandle: 'bottom-out', targetHandle: 'top-in', focusable: false, style: { stroke: 'var(--line-strong)', strokeWidth: 1, strokeDasharray: '2 4' } }));
  });
}
