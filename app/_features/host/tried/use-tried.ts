/** What is tried on a host: as the address says, else what its question tries first. The address follows. */
'use client';

import { useMemo } from 'react';
import { setUrlParams, useUrlParam } from '@/app/_lib/url-state/url-params';
import type { HostQuestion } from '@/scenarios/hosts';
import { changesOf } from './offered-changes';
import { faultsOf } from './offered-faults';
import { addressOfTried, triedOfAddress } from './tried-address';
import type { Tried } from './tried-change';

export function useTried({ host, firstChange }: HostQuestion, leftSeconds: number): readonly [Tried, (tried: Tried) => void] {
  const [change] = useUrlParam('change');
  const [amount] = useUrlParam('amount');
  const [lasts] = useUrlParam('lasts');
  const tried = useMemo(() => {
    const first: Tried = 'command' in firstChange ? firstChange : { ...firstChange, lastsSeconds: firstChange.lastsSeconds ?? null };
    return triedOfAddress({ change, amount, lasts }, [...changesOf(host), ...faultsOf(host)], leftSeconds) ?? first;
  }, [host, firstChange, leftSeconds, change, amount, lasts]);
  return [tried, (next) => setUrlParams(addressOfTried(next))];
}
