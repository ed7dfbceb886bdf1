/** Why the plan is where it is, when that is not obvious: what changed on the target, why it was stopped, whether it can be taken back. */
import { Notice } from '@/app/_ui/notice';
import type { PlanDetail } from './plan-words';

const shown = (value: unknown) => (value === null ? 'none' : typeof value === 'object' ? JSON.stringify(value) : String(value));

export function PlanNote({ detail: { note, approvals } }: { readonly detail: PlanDetail }) {
  const self = approvals.some((approval) => approval.selfApproved && approval.revokedAtUs === null);
  return (
    <>
      {self ? <Notice what="The author approved this plan" why="One local operator runs this workbench, so the policy allows it. The audit log says so." /> : null}
      {note === null ? null : <NoteWords note={note} />}
    </>
  );
}

function NoteWords({ note }: { readonly note: NonNullable<PlanDetail['note']> }) {
  switch (note.kind) {
    case 'stale':
      return (
        <Notice
          tone="warning"
          what="The target changed after this plan was made"
          why={
            <ul aria-label="What changed">
              {note.changes.map((change) => (
                <li key={change.object}>
                  <code>{change.object}</code>: {Object.entries(change).filter(([key]) => key !== 'object').map(([key, value]) => `${key} ${shown(value)}`).join(', ')}
                </li>
              ))}
            </ul>
          }
          next="Rehearse it again: it then rests on what the target is now, and needs a new approval."
        />
      );
    case 'aborted':
      return <Notice tone="warning" what={`Stopped after ${note.stepsApplied} applied ${note.stepsApplied === 1 ? 'step' : 'steps'}`} why={`${note.because}: ${note.detail}`} next={note.undoAvailable ? 'What was applied can be undone.' : undefined} />;
    case 'needs-human':
      return <Notice tone="error" what={`Step ${note.step + 1} has an unknown outcome`} why={note.detail} next="Look at the target, then say whether it took effect." />;
    case 'dry-run':
      return <Notice tone="done" what={`Dry-run: ${note.recorded} ${note.recorded === 1 ? 'step was' : 'steps were'} recorded, nothing was sent`} next="The approval is unspent: switch the connector to live to execute." />;
    case 'rejected':
      return <Notice what="Rejected" why={note.reason} />;
    case 'expired':
      return <Notice what="Expired" next="Rehearse it again to bring it back." />;
    case 'finished':
      return <Notice tone="done" what="Finished" why={note.undoAvailable ? 'Its effect can be undone.' : 'Its effect cannot be undone by the workbench.'} />;
  }
}
