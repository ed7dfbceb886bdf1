/** Certificates that run out: those whose renewal should have happened by now. */
import type { Certificate } from '../process';
import { inTime, type HostFinding } from './host-finding';

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
