/** What the calibration worker offers the pages: a twin fitted to recorded frames, with its error on what it did not see. */
import type { Result } from '@/engine/kernel';
import type { Calibration, CalibrationInput, CalibrationRefusal } from '@/engine/twin';

export type CalibrationApi = {
  calibrate(input: CalibrationInput): Promise<Result<Calibration, CalibrationRefusal>>;
};
