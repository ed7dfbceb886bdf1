/** What a connector may do now, and changing it: everything `GuardedChoice` needs. */
'use client';

import { serverWords, trpc } from './trpc';

export type ConnectorMode = 'off' | 'read' | 'dry-run' | 'live';

const SEGMENTS = [
  { value: 'off', label: 'Off', title: 'Not even read' },
  { value: 'read', label: 'Read', title: 'Reads, never writes' },
  { value: 'dry-run', label: 'Dry-run', title: 'Records what would be sent' },
  { value: 'live', label: 'Live', title: 'Approved plans change it' },
] as const satisfies readonly { readonly value: ConnectorMode; readonly label: string; readonly title: string }[];

export function useConnectorMode(connector: string) {
  const queries = trpc.useUtils();
  const connectors = trpc.connectors.list.useQuery();
  const setMode = trpc.connectors.setMode.useMutation({ onSuccess: () => queries.connectors.invalidate() });
  const value: ConnectorMode = connectors.data?.find((each) => each.connector === connector)?.mode ?? 'read';
  return {
    label: `Mode of ${connector}`,
    value,
    segments: SEGMENTS,
    guard: {
      value: 'live' as const,
      typeThis: connector,
      title: `Let approved plans change “${connector}”`,
      description: 'In live mode the steps of an approved plan are sent to the running system. Each plan still needs its own approval, and STOP in the bar above ends everything at once.',
      confirm: 'Go live',
      refuse: 'Stay as it is',
    },
    problem: setMode.error === null ? null : serverWords(setMode.error),
    onChoose: (mode: ConnectorMode, typedName?: string) =>
      setMode.mutateAsync({ connector, mode, typedName }).then(
        () => true,
        () => false,
      ),
  };
}
