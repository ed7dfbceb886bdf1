import { router } from '../../trpc/trpc';
import { listPromisesProcedure } from './list-promises';
import { promiseCalibrationProcedure } from './promise-calibration';

export const promiseRouter = router({ list: listPromisesProcedure, calibration: promiseCalibrationProcedure });
