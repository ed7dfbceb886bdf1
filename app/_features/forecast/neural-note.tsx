/** The trained network against seasonal-naive, said as it is, also when it loses; and whether it counts here as where it was made. */
'use client';

import { useEffect, useState } from 'react';
import { askModelInfo, type ForecastAnswer, type NeuralModelInfo } from '@/app/_lib/forecast/forecast-client';
import { formatNumber } from '@/app/_ui/number-format';
import { Notice } from '@/app/_ui/notice';

const CARD = '/models/load-forecaster/MODEL_CARD.md';

export function NeuralNote({ neural }: { readonly neural: ForecastAnswer['neural'] }) {
  const info = useModelInfo();
  const card = (
    <>
      <a className="underline underline-offset-2" href={info?.cardUrl ?? CARD}>
        Model card
      </a>
      {info === null ? null : (
        <span className="text-ink-3">
          {' '}
          · {formatNumber(info.parameters)} parameters, reads {info.inputSteps} steps, gives {info.outputSteps} · its answer to a fixed input <code>{info.probeDigest}</code> {info.probeMatches ? 'is the one it was made with' : 'is NOT the one it was made with'}
        </span>
      )}
    </>
  );
  if ('unavailable' in neural) return <Notice what="The trained network was not used" why={neural.unavailable} next={card} />;
  return <Notice tone={neural.wins ? 'done' : 'warning'} what={neural.wins ? 'Here the trained network beats seasonal-naive' : 'Here the trained network loses to seasonal-naive'} why={neural.sentence} next={card} />;
}

function useModelInfo(): NeuralModelInfo | null {
  const [info, setInfo] = useState<NeuralModelInfo | null>(null);
  useEffect(() => {
    let current = true;
    askModelInfo().then(
      (found) => current && setInfo(found),
      () => undefined, // the verdict above already says that the network did not run
    );
    return () => {
      current = false;
    };
  }, []);
  return info;
}
