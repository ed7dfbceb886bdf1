/** Who asks. Only persons approve: not service accounts, not language models, not the loop that wrote the plan. */
export type Actor = { readonly id: string; readonly kind: 'person' | 'service' | 'model' | 'engine' };

/** Without configuration there is one person, and the pages say so. */
export const LOCAL_OPERATOR: Actor = { id: 'operator', kind: 'person' };
export const GATEWAY: Actor = { id: 'gateway', kind: 'engine' };
