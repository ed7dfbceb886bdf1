/** The methods as an operator knows them. */
import type { Check } from '@/app/_ui/check-group';
import type { RightSizeMethod } from '@/engine/scenario';

export const METHODS: readonly Check<RightSizeMethod>[] = [
  { value: 'p95', label: '95th percentile', about: 'requests, and the memory limit, at what 19 of 20 readings stay under' },
  { value: 'vpa', label: 'VPA', about: 'the vertical autoscaler’s recommender: 90th percentile and a daily memory peak, 15 % more' },
  { value: 'krr', label: 'KRR', about: 'Robusta’s simple strategy: the busiest pod’s 95th percentile, the memory peak and 15 % more, no CPU limit' },
  { value: 'machines', label: 'Fewer machines', about: 'requests stay; machines are given back one after the other' },
];
