/** What the autoscalers of a service remember: sizes they wished for, use they have seen. */
import type { ServiceSpec } from '../../../system-spec';
import { containerUsage, type ContainerRecommendation, type ContainerUsage, type ScaleHistory } from '../../kubernetes';

export type ScalingState = {
  history: ScaleHistory | null;
  /** Of the vertical autoscaler; null without one. */
  readonly usage: ContainerUsage | null;
  recommendation: ContainerRecommendation | null;
  /** Requests served until the last scrape, its time (−1: none yet), and the rate it found. */
  scrapedServed: number;
  scrapedAtUs: number;
  requestsPerSecond: number;
};

const DAY_SECONDS = 86_400;
const SAMPLES_PER_DAY = 1_440;

export function scalingState({ verticalAutoscaler: vpa }: ServiceSpec): ScalingState {
  const usage = vpa === undefined ? null : containerUsage();
  if (usage !== null && vpa?.historyDays !== undefined && vpa.historyDays > 0) {
    usage.firstCpuSeconds = -vpa.historyDays * DAY_SECONDS;
    usage.cpuSampleCount = Math.round(vpa.historyDays * SAMPLES_PER_DAY);
  }
  return { history: null, usage, recommendation: null, scrapedServed: 0, scrapedAtUs: -1, requestsPerSecond: 0 };
}
