/** Certificates and their renewal: due when a share of the lifetime is left (ACME clients: a third), tried again until it works or it is too late. */
export type Certificate = { readonly name: string; readonly notBeforeUs: number; readonly notAfterUs: number };
export type Renewal = { readonly atRemainingShare: number; readonly retryUs: number; readonly lifetimeUs: number };

export const ACME: Renewal = { atRemainingShare: 1 / 3, retryUs: 12 * 3_600e6, lifetimeUs: 90 * 86_400e6 };

export const isValid = ({ notBeforeUs, notAfterUs }: Certificate, nowUs: number) => nowUs >= notBeforeUs && nowUs < notAfterUs;
export const renewalDueUs = ({ notBeforeUs, notAfterUs }: Certificate, { atRemainingShare }: Renewal) => notAfterUs - (notAfterUs - notBeforeUs) * atRemainingShare;

/** The certificates in use from now to `untilUs` when renewal works outside `outages`; `invalidUs` is the time without a valid one. */
export function renewUntil(certificate: Certificate, renewal: Renewal, nowUs: number, untilUs: number, outages: readonly { readonly fromUs: number; readonly toUs: number }[]): { readonly renewals: readonly number[]; readonly invalidUs: number } {
  let current = certificate;
  let invalidUs = 0;
  const renewals: number[] = [];
  for (let at = Math.max(nowUs, renewalDueUs(current, renewal)); at < untilUs; ) {
    if (outages.some(({ fromUs, toUs }) => at >= fromUs && at < toUs)) {
      at += renewal.retryUs;
      continue;
    }
    invalidUs += Math.max(0, at - Math.max(nowUs, current.notAfterUs));
    renewals.push(at);
    current = { name: current.name, notBeforeUs: at, notAfterUs: at + renewal.lifetimeUs };
    at = renewalDueUs(current, renewal);
  }
  return { renewals, invalidUs: invalidUs + Math.max(0, untilUs - Math.max(nowUs, current.notAfterUs)) };
}
