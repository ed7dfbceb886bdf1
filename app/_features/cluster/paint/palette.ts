/** Colours by code, worked out from the theme's tokens: a node's code is a byte, so painting 20 000 of them is a look-up. */
import { cluster } from '@/engine/twin';
import type { Lens } from './lens';

/** For words and rings over the cells. */
export type Inks = { readonly ink: string; readonly ink2: string; readonly ink3: string; readonly accent: string; readonly bad: string; readonly paper: string; readonly sheet: string; readonly lineStrong: string };
export type Palette = { readonly css: readonly string[]; /** r, g, b by code. */ readonly rgb: Uint8Array; readonly inks: Inks };
type Rgb = readonly [number, number, number];

const { PictureNodeState: N, PicturePodState: P } = cluster;
export const Code = { ground: 0, slot: 1, sheet: 2, line: 3, podBase: 8, nodeBase: 16, podPale: 24, steps: 32, lit: 64, dimmed: 128 } as const;

export const NODE_LOOK: Readonly<Record<number, { readonly token: string; readonly strength: number; readonly word: string }>> = {
  [N.absent]: { token: '--well', strength: 0.8, word: 'not there' },
  [N.booting]: { token: '--series-2', strength: 0.55, word: 'booting' },
  [N.ready]: { token: '--risk-0', strength: 0.45, word: 'ready' },
  [N.draining]: { token: '--risk-1', strength: 1, word: 'draining' },
  [N.cordoned]: { token: '--risk-1', strength: 0.6, word: 'cordoned' },
  [N.pressure]: { token: '--risk-2', strength: 1, word: 'under pressure' },
  [N.notReady]: { token: '--risk-3', strength: 1, word: 'not ready' },
};
export const POD_LOOK: Readonly<Record<number, { readonly token: string; readonly strength: number; readonly word: string }>> = {
  [P.pending]: { token: '--risk-1', strength: 1, word: 'pending' },
  [P.starting]: { token: '--series-2', strength: 1, word: 'starting' },
  [P.ready]: { token: '--series-1', strength: 0.5, word: 'running' },
  [P.stopping]: { token: '--line-strong', strength: 0.5, word: 'stopping' },
  [P.failing]: { token: '--risk-3', strength: 1, word: 'failing' },
};

/** The part of a pod's square above what it requests. */
const PALE = 0.42;
/** Left of a colour beside what a filter means. */
const DIM = 0.2;
/** How far towards the ink what it means is drawn, so that it stands out under every lens. */
const LIT = 0.3;

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.trim().slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function mix(ground: Rgb, colour: Rgb, strength: number): Rgb {
  const part = (i: 0 | 1 | 2) => Math.round(ground[i] + (colour[i] - ground[i]) * strength);
  return [part(0), part(1), part(2)];
}

/** `token` gives a custom property's hex value. Codes from `lit` and from `dimmed` on are those below them, brought out and faded. */
export function paletteOf(lens: Lens, token: (name: string) => string): Palette {
  const ground = rgbOf(token('--paper'));
  const colours: Rgb[] = Array.from({ length: Code.lit }, () => ground);
  const set = (code: number, look: { readonly token: string; readonly strength: number }) => {
    colours[code] = mix(ground, rgbOf(token(look.token)), look.strength);
  };
  set(Code.slot, { token: '--well', strength: 0.8 });
  set(Code.sheet, { token: '--sheet', strength: 1 });
  set(Code.line, { token: '--line', strength: 1 });
  for (const [state, look] of Object.entries(NODE_LOOK)) set(Code.nodeBase + Number(state), look);
  for (const [state, look] of Object.entries(POD_LOOK)) {
    set(Code.podBase + Number(state), look);
    set(Code.podPale + Number(state), { token: look.token, strength: look.strength * PALE });
  }
  lens.steps.forEach((step, i) => set(Code.steps + i, step));
  const inks = { ink: token('--ink'), ink2: token('--ink-2'), ink3: token('--ink-3'), accent: token('--accent'), bad: token('--bad'), paper: token('--paper'), sheet: token('--sheet'), lineStrong: token('--line-strong') };
  const ink = rgbOf(inks.ink);
  const all = [...colours, ...colours.map((colour) => mix(colour, ink, LIT)), ...colours.map((colour) => mix(ground, colour, DIM))];
  return { rgb: Uint8Array.from(all.flat()), css: all.map(([r, g, b]) => `rgb(${r} ${g} ${b})`), inks };
}
