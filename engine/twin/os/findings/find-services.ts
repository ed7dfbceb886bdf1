/** Services and certificates: down, restarting over and over, about to expire. */
import type { Certificate, PhaseChange, ServicePhase } from '../process';
import { inTime, type HostFinding } from './host-finding';

export type ServiceHistory = { readonly name: string; readonly phase: ServicePhase; readonly changes: readonly PhaseChange[] };

const LOOP_RESTARTS = 3;
const LOOP_SECONDS = 600;
const DOWN_SECONDS = 60;

export function findServices(services: readonly ServiceHistory[], nowSeconds: number): readonly HostFinding[] {
  return services.flatMap((service) => [...restartLoop(service, nowSeconds), ...down(service, nowSeconds)]);
}

/** Three starts after an exit within ten minutes, or a back-off that has grown longer than the service ever lived. */
function restartLoop({ name, changes }: ServiceHistory, now: number): HostFinding[] {
  const exits = changes.filter(({ phase }) => phase === 'waiting' || phase === 'given-up');
  const recent = exits.filter(({ atSeconds }) => now - atSeconds <= LOOP_SECONDS);
  if (recent.length < LOOP_RESTARTS) return [];
  const lives = recent.map((exit) => exit.atSeconds - (changes.filter(({ phase, atSeconds }) => phase === 'starting' && atSeconds <= exit.atSeconds).at(-1)?.atSeconds ?? exit.atSeconds));
  const mean = lives.reduce((sum, seconds) => sum + seconds, 0) / lives.length;
  return [{ kind: 'restart-loop', subject: name, severity: 'page', value: recent.length, limit: LOOP_RESTARTS, unit: 'exits in 10 min', detail: `lives ${mean.toFixed(1)} s at a time; last: ${recent.at(-1)!.reason}` }];
}

function down({ name, phase, changes }: ServiceHistory, now: number): HostFinding[] {
  if (phase === 'ready' || phase === 'stopped' || phase === 'stopping') return [];
  const lastReady = changes.findLastIndex((change) => change.phase === 'ready');
  const since = changes[lastReady + 1]?.atSeconds ?? now;
  if (phase !== 'given-up' && now - since < DOWN_SECONDS) return [];
  const reason = changes.at(-1)?.reason ?? 'unknown';
  return [{ kind: 'service-down', subject: name, severity: 'page', value: now - since, limit: DOWN_SECONDS, unit: 's', detail: phase === 'given-up' ? `given up: ${reason}` : `not ready for ${(now - since).toFixed(0)} s (${reason})` }];
}

const PAGE_SHARE = 0.05;
const TICKET_SHARE = 1 / 4;

/** A certificate whose renewal should have happened (a quarter of its life is left) or that ends within a twentieth of it. */
export function findCertificates(certificates: readonly Certificate[], nowUs: number): readonly HostFinding[] {
  return certificates.flatMap(({ name, notBeforeUs, notAfterUs }): HostFinding[] => {
    const left = (notAfterUs - nowUs) / (notAfterUs - notBeforeUs);
    if (left > TICKET_SHARE) return [];
    const seconds = (notAfterUs - nowUs) / 1e6;
    const detail = seconds <= 0 ? `expired ${inTime(-seconds).replace('in ', '')} ago` : `expires ${inTime(seconds)}; it should have been renewed`;
    return [{ kind: 'certificate-expiring', subject: name, severity: left <= PAGE_SHARE ? 'page' : 'ticket', value: seconds / 86_400, limit: ((notAfterUs - notBeforeUs) * TICKET_SHARE) / 86_400e6, unit: 'days', detail, dueSeconds: { expected: Math.max(0, seconds), earliest: Math.max(0, seconds), latest: Math.max(0, seconds) } }];
  });
}
