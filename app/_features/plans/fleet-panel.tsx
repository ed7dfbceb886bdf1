/** The really running target: what it is set to, how it does, and faults to give it so that there is something to decide. */
'use client';

import { useLiveFeed } from '@/app/_lib/server/live-feed';
import { serverWords, trpc } from '@/app/_lib/server/trpc';
import { useConnectorMode } from '@/app/_lib/server/use-connector-mode';
import { Button } from '@/app/_ui/button';
import { Sparkline } from '@/app/_ui/chart/sparkline';
import { GuardedChoice } from '@/app/_ui/guarded-choice';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';

const FAULTS = [
  { label: 'Double its load for 3 min', input: { kind: 'load-factor', service: 'frontend', factor: 2, lastsSeconds: 180 } },
  { label: 'Slow the store by 60 ms', input: { kind: 'slow-service', service: 'store', extraMs: 60, lastsSeconds: 120 } },
  { label: 'Kill a backend replica', input: { kind: 'kill-replica', service: 'backend', count: 1, lastsSeconds: 60 } },
] as const;

export function FleetPanel() {
  const fleet = trpc.fleet.state.useQuery(undefined, { refetchInterval: 5_000 });
  const start = trpc.fleet.start.useMutation();
  const inject = trpc.fleet.injectFault.useMutation();
  const { frames } = useLiveFeed();
  const mode = useConnectorMode('fleet');
  const status = fleet.data?.status.status ?? 'asking';
  const p95s = frames.slice(-120).map((frame) => frame.services.find((s) => s.service === 'client')?.latencyP95Us ?? null);
  const latest = p95s.findLast((value) => value !== null) ?? null;
  const services = Object.entries(fleet.data?.state?.services ?? {});
  return (
    <Panel title="The fleet" note={status === 'running' ? 'really running on this machine' : status}>
      <div className="grid gap-3">
        {status === 'running' || status === 'asking' ? null : (
          <div className="grid gap-2">
            <p className="text-ink-2">A small real system: a frontend, backend replicas, a store and a load generator, on loopback only.</p>
            <div>
              <Button kind="primary" busy={start.isPending || status === 'starting' ? 'Starting' : null} onClick={() => start.mutate()}>
                Start the fleet
              </Button>
            </div>
          </div>
        )}
        {services.length === 0 ? null : (
          <table className="w-full">
            <caption className="sr-only">What the fleet is set to</caption>
            <thead>
              <tr className="text-left text-sm text-ink-3">
                <th scope="col" className="font-normal">Service</th>
                <th scope="col" className="text-right font-normal">Ready</th>
                <th scope="col" className="text-right font-normal">Quota</th>
                <th scope="col" className="text-right font-normal">Version</th>
              </tr>
            </thead>
            <tbody>
              {services.map(([name, service]) => (
                <tr key={name} className="border-t border-line">
                  <th scope="row" className="text-left font-normal">{name}</th>
                  <td className="text-right" data-testid={`fleet-${name}-replicas`}>{service.ready} of {service.replicas}</td>
                  <td className="text-right">{service.quotaMillicores === null ? 'none' : `${service.quotaMillicores} mCPU`}</td>
                  <td className="text-right">{service.version}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {frames.length === 0 ? null : (
          <p className="flex items-end gap-2 text-ink-2">
            p95 of clients <span className="text-lg font-medium text-ink">{latest === null ? '–' : formatNumber(latest / 1e3)}</span> ms
            <span className="ml-auto"><Sparkline values={p95s.map((v) => (v === null ? null : v / 1e3))} /></span>
          </p>
        )}
        {status === 'running' ? (
          <>
            <GuardedChoice {...mode} />
            <div className="grid gap-2">
              <p className="text-sm text-ink-2">Give it something to cope with:</p>
              <div className="flex flex-wrap gap-2">
                {FAULTS.map(({ label, input }) => (
                  <Button key={label} small disabled={inject.isPending} onClick={() => inject.mutate(input)}>
                    {label}
                  </Button>
                ))}
              </div>
            </div>
          </>
        ) : null}
        {inject.error === null ? null : <Notice tone="error" what="The fault was not injected" why={serverWords(inject.error)} />}
      </div>
    </Panel>
  );
}
