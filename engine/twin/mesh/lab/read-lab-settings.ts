/**
 * Settings as `batctl meshif` and `batctl hardif` take them, numbers also as text, within the kernel's bounds
 * (batman-adv netlink.c: intervals from 2 · jitter = 40 ms, hop penalty of 8 bits). Names that batctl knows and the twin
 * does not model are taken and change nothing; other names are refused, since a misspelt one would do nothing either.
 */
import { member, note, readNumber, readText, type SpecReader } from '../../spec-reader';
import { gatewayMode } from './gateway-mode';
import type { LabSettings } from './lab-scenario';

const NUMBERS = {
  orig_interval: { min: 40, max: 600_000 },
  elp_interval: { min: 40, max: 600_000 },
  hop_penalty: { min: 0, max: 255, integer: true },
  throughput_override: { min: 0, max: 1_000_000 }, // Mbit/s
} as const;
const SWITCHES = ['aggregation', 'ap_isolation', 'bonding', 'bridge_loop_avoidance', 'distributed_arp_table', 'fragmentation', 'multicast_forceflood', 'multicast_mode', 'network_coding'];
const TEXTS = ['gw_mode', 'isolation_mark', 'log', 'loglevel', 'multicast_fanout'];
const NAMES = [...Object.keys(NUMBERS), ...SWITCHES, ...TEXTS];
const OFF = ['0', 'off', 'disable', 'disabled', 'n', 'no', 'false'];
const ON = ['1', 'on', 'enable', 'enabled', 'y', 'yes', 'true'];

export const isOff = (value: string | number | undefined) => value !== undefined && OFF.includes(String(value));
const isNumberName = (name: string): name is keyof typeof NUMBERS => Object.hasOwn(NUMBERS, name);

/** `name` stands at `nameAt`, its value at `at`. */
export function readLabSetting(at: SpecReader, name: string, nameAt = at): string | number {
  if (!NAMES.includes(name)) {
    if (name !== '') note(nameAt, 'unknown-name', `batctl has no setting "${name}"`, `known: ${NAMES.join(', ')}`);
    return '';
  }
  if (isNumberName(name)) {
    const isText = typeof at.value === 'string' && at.value.trim() !== '' && Number.isFinite(Number(at.value));
    return readNumber(isText ? { ...at, value: Number(at.value) } : at, NUMBERS[name]);
  }
  if (TEXTS.includes(name) || typeof at.value !== 'number') return readSwitchOrText(at, name);
  return readNumber(at, { min: 0, max: 1, integer: true });
}

function readSwitchOrText(at: SpecReader, name: string): string | number {
  if (typeof at.value === 'number') return readNumber(at);
  const text = readText(at);
  if (name === 'gw_mode' && text !== '' && gatewayMode(text) === null) note(at, 'out-of-range', `batctl has no gateway mode "${text}"`, 'write off, client, client 3, server, or server 50mbit/10mbit');
  if (SWITCHES.includes(name) && text !== '' && !OFF.includes(text) && !ON.includes(text)) note(at, 'out-of-range', `"${text}" neither switches on nor off`, 'write enable or disable');
  return text;
}

export function readLabSettings(at: SpecReader): LabSettings {
  const { value } = at;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    note(at, 'wrong-type', 'expected an object', 'write names and values in braces');
    return {};
  }
  return Object.fromEntries(Object.keys(value).map((name) => [name, readLabSetting(member(at, name), name)]));
}
