/** Calibrates off the main thread. A shell: the fit is the engine's. */
import { expose } from 'comlink';
import { calibrate } from '@/engine/twin';
import type { CalibrationApi } from './calibration-api';

const api: CalibrationApi = {
  async calibrate(input) {
    return calibrate(input);
  },
};

expose(api);
