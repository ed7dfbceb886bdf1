/**
 * Who may ask at all. The Host must be one that this server is known by (a name rebound to this machine by a
 * foreign page is not), and a request that changes something must not come from another origin's page.
 * Programs that are no browsers send neither header and are let through to the token check.
 */
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Null when the request is fine, else why not. */
export function originProblem(request: Request, hosts: readonly string[]): string | null {
  const host = request.headers.get('host') ?? '';
  if (![...LOOPBACK, ...hosts].includes(hostName(host))) return `This server is not known as “${host.slice(0, 100)}”. Add the name to ORRERY_HOSTS.`;
  if (SAFE.includes(request.method)) return null;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return 'Changes are taken from this server’s own pages only.';
  const origin = request.headers.get('origin');
  if (origin !== null && !isSameHost(origin, host)) return 'Changes are taken from this server’s own pages only.';
  return null;
}

const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

function isSameHost(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host.toLowerCase();
  } catch {
    return false; // “null”, as a sandboxed frame sends
  }
}
