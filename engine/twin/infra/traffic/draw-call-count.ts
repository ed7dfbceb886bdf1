/** How many times a request makes one of its calls: the whole part always, the rest by chance. */
import { nextUnit } from '@/engine/kernel';
import type { Call, Service } from '../infra';

export const drawCallCount = ({ choiceStream }: Service, { whole, fraction }: Call) => whole + (fraction > 0 && nextUnit(choiceStream) < fraction ? 1 : 0);
