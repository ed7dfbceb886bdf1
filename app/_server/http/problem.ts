/** Errors of REST and of the door: application/problem+json (RFC 9457) with a stable `code`. */
export type Problem = { readonly status: number; readonly code: string; readonly detail: string; readonly more?: Readonly<Record<string, unknown>> };

export const problemResponse = ({ status, code, detail, more }: Problem): Response =>
  Response.json({ type: `urn:orrery:problem:${code}`, title: code.replaceAll('-', ' '), status, code, detail, ...more }, { status, headers: { 'content-type': 'application/problem+json' } });
