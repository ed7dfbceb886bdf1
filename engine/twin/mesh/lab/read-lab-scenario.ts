/** Validates a laboratory scenario; every issue at once. */
import { err, ok, type Result } from '@/engine/kernel';
import type { SpecIssue } from '../../spec-issue';
import { has, member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, specReader, type SpecReader } from '../../spec-reader';
import { PING_DATA_BYTES_MAX } from '../ping';
import { checkLabNames } from './check-lab-names';
import type { LabCapture, LabChange, LabEvent, LabLink, LabPing, LabScenario, Pair } from './lab-scenario';
import { readLabSetting, readLabSettings } from './read-lab-settings';

const KEYS = [
  'name', 'about', 'algo', 'medium', 'seed', 'duration', 'sampleEvery', 'neighEvery', 'nodes', 'pos', 'links', 'defaults', 'settings', 'nodeSettings', 'startAt', 'pings', 'events', 'capture',
];
const LINK_KEYS = ['a', 'b', 'loss', 'delay', 'jitter', 'burst', 'rate', 'throughput'];
const EVENT_TYPES = ['link', 'link_cut', 'link_restore', 'carrier_down', 'carrier_up', 'node_down', 'node_up', 'setting'] as const;
const NODES_MAX = 2_000;
const LINKS_MAX = 100_000;

/** Reads a scenario document (already parsed JSON). `meta` lines of recordings hold the same object. */
export function parseLabScenario(document: unknown): Result<LabScenario, readonly SpecIssue[]> {
  const at = specReader(document);
  onlyKeys(at, KEYS);
  const nodes = readNodes(member(at, 'nodes'));
  const defaults = readDefaults(member(at, 'defaults'));
  const scenario: LabScenario = {
    name: has(at, 'name') ? readText(member(at, 'name')) : 'mesh',
    about: optional(at, 'about', (m) => readText(m, 2_000)),
    algo: has(at, 'algo') ? readChoice(member(at, 'algo'), ['BATMAN_IV', 'BATMAN_V']) : 'BATMAN_IV',
    medium: has(at, 'medium') ? readChoice(member(at, 'medium'), ['link', 'radio']) : 'link',
    seed: has(at, 'seed') ? readNumber(member(at, 'seed'), { integer: true }) : 1,
    duration: has(at, 'duration') ? readNumber(member(at, 'duration'), { min: 1, max: 86_400 }) : 300,
    sampleEvery: has(at, 'sampleEvery') ? readNumber(member(at, 'sampleEvery'), { min: 0.1, max: 3_600 }) : 1,
    neighEvery: has(at, 'neighEvery') ? readNumber(member(at, 'neighEvery'), { min: 1, max: 10_000, integer: true }) : 5,
    nodes,
    pos: optional(at, 'pos', (m) => readMap(m, (value) => readPair(value, { min: -1e9, max: 1e9 }))),
    links: readList(member(at, 'links'), (item) => readLink(item, defaults), { max: LINKS_MAX }),
    settings: optional(at, 'settings', readLabSettings) ?? {},
    nodeSettings: optional(at, 'nodeSettings', (m) => readMap(m, readLabSettings)),
    startAt: optional(at, 'startAt', (m) => readMap(m, (value) => readNumber(value, { min: 0, max: 86_400 }))),
    pings: readList(member(at, 'pings'), readPing, { max: 10_000 }),
    events: readList(member(at, 'events'), readEvent, { max: 100_000 }),
    capture: readList(member(at, 'capture'), readCapture, { max: 1_000 }),
  };
  checkLabNames(at, scenario);
  return at.issues.length === 0 ? ok({ ...scenario, events: inOrder(scenario.events) }) : err(at.issues);
}

/** By time; events of one instant keep the order in which they were written. */
const inOrder = (events: readonly LabEvent[]) => events.map((event, i) => ({ event, i })).sort((x, y) => x.event.t - y.event.t || x.i - y.i).map(({ event }) => event);

function readNodes(at: SpecReader): readonly string[] {
  if (typeof at.value !== 'number') return readList(at, (item) => readText(item, 60), { min: 1, max: NODES_MAX });
  const count = readNumber(at, { min: 1, max: NODES_MAX, integer: true });
  return Array.from({ length: Math.floor(count) }, (_, i) => `n${i + 1}`);
}

const readDefaults = (at: SpecReader) => ({ delay: optional(at, 'delay', readMs) ?? 1, jitter: optional(at, 'jitter', readMs) ?? 0, burst: optional(at, 'burst', readMs) ?? 0 });
const readMs = (at: SpecReader) => readNumber(at, { min: 0, max: 60_000 });

function readPair(at: SpecReader, range: { min: number; max: number }): Pair {
  if (!Array.isArray(at.value)) {
    const value = readNumber(at, range);
    return [value, value];
  }
  const [forth, back] = readList(at, (item) => readNumber(item, range), { min: 2, max: 2 });
  return [forth ?? range.min, back ?? range.min];
}

/** As it was written: recordings repeat events in their scenario's own words. */
const readOneOrPair = (at: SpecReader, range: { min: number; max: number }) => (Array.isArray(at.value) ? readPair(at, range) : readNumber(at, range));

const PERCENT = { min: 0, max: 100 };
const MILLISECONDS = { min: 0, max: 60_000 };
const PACKETS = { min: 0, max: 1_000_000 };
const MEGABITS = { min: 0.001, max: 1_000_000 };

function readLink(at: SpecReader, defaults: { delay: number; jitter: number; burst: number }): LabLink {
  onlyKeys(at, LINK_KEYS);
  const pair = (key: string, range: { min: number; max: number }, missing: number): Pair => optional(at, key, (m) => readPair(m, range)) ?? [missing, missing];
  return {
    a: readText(member(at, 'a'), 60),
    b: readText(member(at, 'b'), 60),
    loss: pair('loss', PERCENT, 0),
    delay: pair('delay', MILLISECONDS, defaults.delay),
    jitter: pair('jitter', MILLISECONDS, defaults.jitter),
    burst: pair('burst', PACKETS, defaults.burst),
    rate: optional(at, 'rate', (m) => readPair(m, MEGABITS)),
    throughput: optional(at, 'throughput', (m) => readPair(m, MEGABITS)),
  };
}

function readPing(at: SpecReader): LabPing {
  onlyKeys(at, ['src', 'dst', 'interval', 'from', 'to', 'size']);
  const seconds = (key: string, min: number) => optional(at, key, (m) => readNumber(m, { min, max: 86_400 }));
  return {
    src: readText(member(at, 'src'), 60),
    dst: readText(member(at, 'dst'), 60),
    interval: seconds('interval', 0.002),
    from: seconds('from', 0),
    to: seconds('to', 0),
    size: optional(at, 'size', (m) => readNumber(m, { min: 0, max: PING_DATA_BYTES_MAX, integer: true })),
  };
}

function readCapture(at: SpecReader): LabCapture {
  onlyKeys(at, ['node', 'peer', 'from', 'to', 'mask']);
  const seconds = (m: SpecReader) => readNumber(m, { min: 0, max: 86_400 });
  return {
    node: readText(member(at, 'node'), 60),
    peer: optional(at, 'peer', (m) => readText(m, 60)),
    from: optional(at, 'from', seconds),
    to: seconds(member(at, 'to')),
    mask: optional(at, 'mask', (m) => readNumber(m, { min: 0, max: 0xffff, integer: true })),
  };
}

function readEvent(at: SpecReader): LabEvent {
  const t = readNumber(member(at, 't'), { min: 0, max: 86_400 });
  const type = readChoice(member(at, 'type'), EVENT_TYPES);
  const change = readChange(at, type);
  return { t, ...change };
}

function readChange(at: SpecReader, type: (typeof EVENT_TYPES)[number]): LabChange {
  const text = (key: string) => readText(member(at, key), 60);
  if (type === 'link') {
    onlyKeys(at, ['t', 'type', ...LINK_KEYS]);
    const pair = (key: string, range: { min: number; max: number }) => optional(at, key, (m) => readOneOrPair(m, range));
    return {
      type, a: text('a'), b: text('b'),
      loss: pair('loss', PERCENT), delay: pair('delay', MILLISECONDS), jitter: pair('jitter', MILLISECONDS),
      burst: pair('burst', PACKETS), rate: pair('rate', MEGABITS), throughput: pair('throughput', MEGABITS),
    };
  }
  if (type === 'node_down' || type === 'node_up') {
    onlyKeys(at, ['t', 'type', 'node', 'reboot']);
    return { type, node: text('node'), reboot: optional(at, 'reboot', readFlag) };
  }
  if (type === 'setting') {
    onlyKeys(at, ['t', 'type', 'node', 'name', 'value']);
    const name = text('name');
    return { type, node: text('node'), name, value: readLabSetting(member(at, 'value'), name, member(at, 'name')) };
  }
  onlyKeys(at, ['t', 'type', 'a', 'b']);
  return { type, a: text('a'), b: text('b') };
}


function readMap<T>(at: SpecReader, read: (value: SpecReader) => T): Record<string, T> {
  const { value } = at;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    note(at, 'wrong-type', 'expected an object', 'write names and values in braces');
    return {};
  }
  return Object.fromEntries(Object.keys(value).map((key) => [key, read(member(at, key))]));
}
