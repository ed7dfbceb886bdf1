/** The canvas of a topology: places are given and stay; a body is a button, an edge carries its weight in words too. */
'use client';

import '@xyflow/react/dist/style.css';
import { Background, Controls, Handle, MiniMap, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import type { CSSProperties } from 'react';
import { classNames } from '@/app/_ui/class-names';

/** Every body has one size, so the small map can be drawn before anything is measured. */
export const BODY_WIDTH = 148;
export const BODY_HEIGHT = 58;

export type BodyData = { readonly title: string; readonly lines: readonly string[]; readonly colour: string; readonly muted: boolean; readonly chosen: boolean };
export type BodyNode = Node<BodyData, 'body'>;

const HANDLES = [
  { id: 'top', position: Position.Top },
  { id: 'bottom', position: Position.Bottom },
  { id: 'left', position: Position.Left },
  { id: 'right', position: Position.Right },
] as const;

function Body({ data }: NodeProps<BodyNode>) {
  return (
    <div className={classNames('h-full w-full rounded-box border bg-sheet px-2 py-1', data.chosen ? 'border-accent outline outline-2 outline-accent' : 'border-line-strong', data.muted && 'opacity-50')} style={{ borderLeft: `4px solid ${data.colour}` }}>
      {HANDLES.map(({ id, position }) => (
        <span key={id}>
          <Handle id={`${id}-in`} type="target" position={position} className="!size-1 !border-0 !bg-transparent" isConnectable={false} />
          <Handle id={`${id}-out`} type="source" position={position} className="!size-1 !border-0 !bg-transparent" isConnectable={false} />
        </span>
      ))}
      <p className="truncate text-sm font-medium text-ink">{data.title}</p>
      {data.lines.map((line) => (
        <p key={line} className="truncate text-xs text-ink-2">{line}</p>
      ))}
    </div>
  );
}

const NODE_TYPES = { body: Body };

/** The canvas in our colours, light and dark. */
const COLOURS = {
  '--xy-controls-button-background-color': 'var(--sheet)',
  '--xy-controls-button-background-color-hover': 'var(--well)',
  '--xy-controls-button-color': 'var(--ink)',
  '--xy-controls-button-border-color': 'var(--line)',
  '--xy-attribution-background-color': 'transparent',
} as CSSProperties;

type FlowCanvasProps = { readonly name: string; readonly nodes: readonly BodyNode[]; readonly edges: readonly Edge[]; readonly onChoose: (id: string | null) => void };

export function FlowCanvas({ name, nodes, edges, onChoose }: FlowCanvasProps) {
  return (
    <div role="group" aria-label={name} className="h-[56vh] min-h-[360px] border border-line">
      <ReactFlow
        nodes={[...nodes]}
        edges={[...edges]}
        nodeTypes={NODE_TYPES}
        onNodeClick={(_, node) => onChoose(node.id)}
        onPaneClick={() => onChoose(null)}
        onNodesChange={(changes) => {
          const picked = changes.find((change) => change.type === 'select' && change.selected);
          if (picked !== undefined && 'id' in picked) onChoose(picked.id);
        }}
        nodesDraggable={false}
        nodesConnectable={false}
        fitView
        style={COLOURS}
        minZoom={0.2}
        proOptions={{ hideAttribution: false }}
      >
        <Background gap={24} color="var(--line)" />
        <MiniMap pannable zoomable position="top-right" style={{ width: 132, height: 84 }} className="max-md:!hidden" bgColor="var(--sheet)" maskColor="var(--shade)" nodeColor="var(--line-strong)" />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}
