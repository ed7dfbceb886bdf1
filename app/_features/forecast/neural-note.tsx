/** The trained network against seasonal-naive, said as it is, also when it loses. */
import type { ForecastAnswer } from '@/app/_lib/forecast/forecast-client';
import { Notice } from '@/app/_ui/notice';

export function NeuralNote({ neural }: { readonly neural: ForecastAnswer['neural'] }) {
  const card = <a className="underline underline-offset-2" href="/models/load-forecaster/MODEL_CARD.md">Model card</a>;
  if ('unavailable' in neural) return <Notice what="The trained network was not used" why={neural.unavailable} next={card} />;
  return <Notice tone={neural.wins ? 'done' : 'warning'} what={neural.wins ? 'Here the trained network beats seasonal-naive' : 'Here the trained network loses to seasonal-naive'} why={neural.sentence} next={card} />;
}
