/** SPIFFE IDs, by the SPIFFE-ID specification: `spiffe://trust-domain/path/of/workload`. */
import { err, ok, type Result } from '@/engine/kernel';

export type SpiffeId = { readonly trustDomain: string; readonly path: string };

const SCHEME = 'spiffe://';
const BYTES_MAX = 2_048;
const TRUST_DOMAIN_MAX = 255;
const TRUST_DOMAIN = /^[a-z0-9._-]+$/;
const SEGMENT = /^[A-Za-z0-9._-]+$/;

/** The error says in words what is wrong. */
export function parseSpiffeId(text: string): Result<SpiffeId, string> {
  if (text.length > BYTES_MAX) return err(`is longer than ${BYTES_MAX} bytes`);
  if (!text.startsWith(SCHEME)) return err(`does not begin with ${SCHEME}`);
  const [trustDomain = '', ...segments] = text.slice(SCHEME.length).split('/');
  if (trustDomain === '') return err('has no trust domain');
  if (trustDomain.length > TRUST_DOMAIN_MAX) return err(`has a trust domain longer than ${TRUST_DOMAIN_MAX} bytes`);
  if (!TRUST_DOMAIN.test(trustDomain)) return err('has a trust domain with other letters than a–z, 0–9, dot, dash and underscore');
  for (const segment of segments) {
    if (segment === '') return err('has an empty path segment or ends in a slash');
    if (segment === '.' || segment === '..') return err('has a relative path segment');
    if (!SEGMENT.test(segment)) return err('has a path with other letters than A–Z, a–z, 0–9, dot, dash and underscore');
  }
  return ok({ trustDomain, path: segments.length === 0 ? '' : `/${segments.join('/')}` });
}

export const spiffeIdText = ({ trustDomain, path }: SpiffeId) => `${SCHEME}${trustDomain}${path}`;
