/**
 * Engine quantities as people read them, unit included. Locale-fixed; what was not measured is a dash.
 */
const NONE = '–';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const plain = (value: number) => (Math.abs(value) >= 100 ? whole : three).format(value);
const orNone = (value: number | null | undefined, show: (value: number) => string) => (value === null || value === undefined || !Number.isFinite(value) ? NONE : show(value));

export const formatMs = (us: number | null | undefined) => orNone(us, (value) => (value >= 1e6 ? `${three.format(value / 1e6)} s` : `${plain(value / 1e3)} ms`));
export const formatRps = (rps: number | null | undefined) => orNone(rps, (value) => `${plain(value)} req/s`);
export const formatCores = (cores: number | null | undefined) => orNone(cores, (value) => `${value.toFixed(2)} cores`);
export const formatShare = (share: number | null | undefined) => orNone(share, (value) => `${three.format(value * 100)} %`);
export const formatUsdPerHour = (usd: number | null | undefined) => orNone(usd, (value) => `$${value.toFixed(3)}/h`);
export const formatWatts = (watts: number | null | undefined) => orNone(watts, (value) => `${whole.format(value)} W`);
export const formatMib = (bytes: number | null | undefined) => orNone(bytes, (value) => `${whole.format(value / 1_048_576)} MiB`);
export const formatCount = (count: number | null | undefined) => orNone(count, (value) => whole.format(value));
