/** The tab's demo world in a page: its state, its verbs, and its address (`do`), which reproduces it elsewhere. */
'use client';

import { useEffect } from 'react';
import { demo } from '@/scenarios/demo';
import { openSimulation } from '../simulation/open-simulation';
import { useStore } from '../store/create-store';
import { setUrlParams } from '../url-state/url-params';
import { decodeSteps, encodeSteps, type DecodedSteps } from '../what-if/change-code';
import { createLiveWorld } from './live-world';

const world = createLiveWorld(demo, openSimulation);

const stepsInAddress = (): DecodedSteps => decodeSteps(new URLSearchParams(location.search).get('do') ?? '', demo.system);

export function useLiveWorld() {
  const state = useStore(world.state);
  useEffect(() => world.enter(stepsInAddress().steps), []);
  useEffect(() => {
    if (state.phase === 'running') setUrlParams({ do: state.steps.length === 0 ? null : encodeSteps(state.steps) });
  }, [state.phase, state.steps]);
  return { world, state };
}
