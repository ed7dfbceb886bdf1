/** Whether the parts are ready, in one place: `GET /api/health`, the live stream and the pages read this. */
export type Health = {
  readonly ok: boolean;
  readonly version: string;
  readonly startedAtMs: number;
  readonly database: { readonly engine: 'pglite' | 'postgres'; readonly ok: boolean; readonly detail: string | null };
  readonly loop: { readonly ok: boolean; readonly detail: string | null };
  readonly fleet: { readonly status: 'off' | 'starting' | 'running' | 'failed'; readonly detail: string | null };
  /** Nobody configured accounts: whoever reaches this machine's loopback is the operator. */
  readonly singleOperator: boolean;
  readonly assistant: 'off' | 'configured';
};
