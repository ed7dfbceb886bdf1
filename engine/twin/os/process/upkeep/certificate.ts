/** Certificates and their renewal: due when a share of the lifetime is left (ACME clients: a third), tried again until it works or it is too late. */
export type Certificate = { readonly name: string; readonly notBeforeUs: number; readonly notAfterUs: number };
export type Renewal = { readonly atRemainingShare: number; readonly retryUs: number; readonly lifetimeUs: number };

export const isValid = ({ notBeforeUs, notAfterUs }: Certificate, nowUs: number) => nowUs >= notBeforeUs && nowUs < notAfterUs;
export const renewalDueUs = ({ notBeforeUs, notAfterUs }: Certificate, { atRemainingShare }: Renewal) => notAfterUs - (notAfterUs - notBeforeUs) * atRemainingShare;
