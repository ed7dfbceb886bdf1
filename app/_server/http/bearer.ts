/** Who asks over REST: the operator by token (or, without any configured token, whoever reaches loopback), or a service account. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { ServerConfig } from '../boot/server-config';
import { LOCAL_OPERATOR, type Actor } from '../gateway/actor';

/** Null: no token, or one that nobody has. */
export function actorFrom(request: Request, { token, serviceTokens }: Pick<ServerConfig, 'token' | 'serviceTokens'>): Actor | null {
  const given = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
  const service = given === null ? undefined : [...serviceTokens].find(([known]) => isSame(known, given));
  if (service !== undefined) return { id: service[1], kind: 'service' };
  if (token === null) return given === null ? LOCAL_OPERATOR : null;
  return given !== null && isSame(token, given) ? LOCAL_OPERATOR : null;
}

/** In equal time for every wrong token of any length. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
