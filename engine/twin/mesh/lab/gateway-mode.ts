/** `gw_mode` in batctl's words: off, `client` with a selection class, `server` with what it offers down and up (kbit, or with a unit). */
export type GatewayMode = { readonly server: boolean; readonly gatewayClass?: number; readonly downMbps?: number };

const CLASS_MAX = 255;

/** Null for what batctl refuses. */
export function gatewayMode(text: string): GatewayMode | null {
  const [mode, argument, ...more] = text.trim().split(/\s+/);
  if (more.length > 0) return null;
  if (argument === undefined) return mode === 'off' || mode === 'client' ? { server: false } : mode === 'server' ? { server: true } : null;
  if (mode === 'client') {
    const gatewayClass = Number(argument);
    return Number.isInteger(gatewayClass) && gatewayClass >= 1 && gatewayClass <= CLASS_MAX ? { server: false, gatewayClass } : null;
  }
  const bandwidth = /^(\d+(?:\.\d+)?)(kbit|mbit)?(?:\/\d+(?:\.\d+)?(?:kbit|mbit)?)?$/i.exec(argument);
  if (mode !== 'server' || bandwidth === null) return null;
  return { server: true, downMbps: Number(bandwidth[1]) / (bandwidth[2]?.toLowerCase() === 'mbit' ? 1 : 1_000) };
}
