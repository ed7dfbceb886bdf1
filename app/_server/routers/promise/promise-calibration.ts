/** Coverage and bias of the promises so far, per metric and action: `Calibration[]`. */
import { promiseCalibration } from '../../gateway/verification/read-promises';
import { procedure } from '../../trpc/trpc';

export const promiseCalibrationProcedure = procedure.query(({ ctx }) => promiseCalibration(ctx.server.database.db));
