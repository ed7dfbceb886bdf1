/** How far the twin of the recording is off, or why there is none of its services. */
import type { OpenedRecording } from '@/app/_lib/recording/open-recording';
import { TrustStrip } from '@/app/_ui/trust-strip';

export function RecordedTrust({ opened: { twin, noTwin } }: { readonly opened: OpenedRecording }) {
  if (twin !== null) {
    const { errors, medianError, fittedSeconds, heldOutSeconds, excludedSeconds } = twin.calibration;
    return <TrustStrip errors={errors} medianError={medianError} fittedSeconds={fittedSeconds} heldOutSeconds={heldOutSeconds} excludedSeconds={excludedSeconds} />;
  }
  return (
    <p className="border-l-2 border-watch bg-sheet px-3 py-2 text-ink-2">
      No twin of services: {noTwin?.message} ({noTwin?.suggestion}). Hosts that were recorded from inside are watched and rehearsed all the same.
    </p>
  );
}
