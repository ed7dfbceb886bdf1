import { router } from '../../trpc/trpc';
import { liveStreamProcedure } from './live-stream';
import { recentDecisionsProcedure } from './recent-decisions';
import { recentFramesProcedure } from './recent-frames';
import { twinTrustProcedure } from './twin-trust';

export const liveRouter = router({ stream: liveStreamProcedure, frames: recentFramesProcedure, decisions: recentDecisionsProcedure, twin: twinTrustProcedure });
