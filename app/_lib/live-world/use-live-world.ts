/**
 * The tab's running world in a page: its state, its verbs, and its address (`world`, `do`), which reproduces it
 * elsewhere. A link to somebody's own recording waits until that recording is opened here.
 */
'use client';

import { useEffect } from 'react';
import { demo } from '@/scenarios/demo';
import { openSimulation } from '../simulation/open-simulation';
import { createStore, useStore } from '../store/create-store';
import { setUrlParams } from '../url-state/url-params';
import { decodeSteps, encodeSteps } from '../what-if/change-code';
import { createLiveWorld } from './live-world';
import type { OpenedWorld } from './live-world-state';

const DEMO: OpenedWorld = { spec: demo, name: 'demo world', warmSeconds: 180, fit: null };
const world = createLiveWorld(DEMO, openSimulation);
/** Why part of the address was not used; null when all of it was. */
const linkRefusal = createStore<string | null>(null);

/** The running world as it stands, for pages that read it without running it on. */
export const useRunningWorld = () => useStore(world.state);

const inAddress = (name: string) => new URLSearchParams(location.search).get(name);
const isAwaited = (id: string) => (inAddress('world') ?? demo.id) === id;
const stepsInAddress = ({ spec }: OpenedWorld) => (isAwaited(spec.id) ? decodeSteps(inAddress('do') ?? '', spec.system) : { steps: [], refused: null });

export function useLiveWorld() {
  const state = useStore(world.state);
  const { opened, phase, steps } = state;
  const refusedLink = useStore(linkRefusal);
  useEffect(() => {
    const { steps: asked, refused } = stepsInAddress(DEMO);
    linkRefusal.set(refused);
    return world.enter(asked);
  }, []);
  useEffect(() => {
    if (phase === 'running' && isAwaited(opened.spec.id)) setUrlParams({ do: steps.length === 0 ? null : encodeSteps(steps) });
  }, [phase, steps, opened]);
  return { world, state, refusedLink };
}

/** Runs another world in place of this one, with the steps of the address when the link was made for it. */
export function openWorld(opened: OpenedWorld): Promise<void> {
  const { steps } = stepsInAddress(opened);
  setUrlParams({ world: opened.spec.id === demo.id ? null : opened.spec.id, do: steps.length === 0 ? null : encodeSteps(steps), t: null, in: null }, { push: true });
  return world.load(opened, steps);
}

export const openDemo = () => openWorld(DEMO);
