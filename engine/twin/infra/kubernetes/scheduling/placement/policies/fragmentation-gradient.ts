/**
 * FGD: the node (and GPU) where the pod adds the least fragment, or removes the most. The score is
 * int(100 × sigmoid(fragment removed ÷ 1000)), so that differences below a thousandth or so are ties.
 */
import { exp } from '@/engine/kernel';
import type { TypicalShapes } from '../fragmentation';
import { GPU_MILLI } from '../gpu-cluster';
import type { PlacementPolicy } from '../policy';
import { byFragment } from './fragment-scores';

const sigmoid = (x: number) => 1 / (1 + exp(-x));

export const fragmentationGradient = (typical: TypicalShapes): PlacementPolicy => byFragment(typical, (removedMilli) => Math.trunc(sigmoid(removedMilli / GPU_MILLI) * 100));
