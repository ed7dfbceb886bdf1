/** Replays a recording off the main thread, one decision turn between two breaths. A shell over `engine/scenario`. */
import { expose } from 'comlink';
import { parsePolicy } from '@/engine/loop';
import { advanceReplay, startReplay } from '@/engine/scenario';
import type { ReplayApi } from './replay-api';

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

const api: ReplayApi = {
  async replay(recording, policyDocument, onProgress) {
    const policy = parsePolicy(policyDocument);
    if (!policy.ok) throw new Error(policy.error.map((issue) => `${issue.path}: ${issue.message}`).join('; '));
    const replay = startReplay(recording, policy.value);
    let turns = 0;
    for (let decision = advanceReplay(replay); decision !== null; decision = advanceReplay(replay)) {
      turns += 1;
      onProgress({ decisions: [decision], doneSeconds: replay.nextFrame, totalSeconds: replay.frames.length });
      await nextTask();
    }
    const { state, alarms, calibration, config, hostNotes } = replay;
    return { turns, decisionsHash: state.decisionsHash, alarms, policy: config.policy, noTwin: calibration.ok ? null : calibration.error, hostNotes };
  },
};

expose(api);
