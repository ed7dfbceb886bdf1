/** Learn: how it works on one page, and how to check it. */
import { CopyCommand } from '@/app/_ui/copy-command';
import { Panel } from '@/app/_ui/panel';

const WORDS = [
  ['Rehearse', 'run a plan on a fork of the twin, with the same futures as doing nothing.'],
  ['Dry-run', 'a connector records what would be sent and sends nothing.'],
  ['Replay', 'a recording goes through the loop that decides live.'],
  ['Promise', 'the band in which a figure will be found after the plan ran; measured and scored afterwards.'],
  ['Effect class', 'A: the target refuses stale or repeated writes. B: repeating is harmless. C: neither, at most once, and an unknown outcome waits for a person.'],
] as const;

const MODELLED = [
  'Services as queues with lanes, call graphs, start-up, time-outs and bounded waiting; nodes that share their cores fairly; CPU quotas as the kernel enforces them, period by period.',
  'The batman-adv mesh as the kernel runs it: windows, rings, frozen quality, purge. Compared with recordings of real kernels by the command fidelity mesh.',
  'Faults: lost nodes, zones and links, noisy neighbours, slow dependencies, leaks, kills, surges.',
] as const;

const NOT_MODELLED = ['Caches that warm up, retries and circuit breakers in call graphs.', 'Disks and file systems.', 'A lost node is noticed after fixed delays that the system states.'] as const;

const CHECKS = [
  ['The same run gives the same hash on any machine, in Node and in a browser', 'npm run --silent orrery -- simulate node-loss'],
  ['The decisions over a recording, with their hashes', 'npm run --silent orrery -- replay fixtures/recordings/faulty-day'],
  ['Events a second, beside a C++ peer', 'npm run bench -- events --peers'],
  ['Everything that is tested', 'npm test'],
] as const;

export function LearnPage() {
  return (
    <div className="grid max-w-4xl gap-4 px-3 py-3 md:px-6">
      <h1 className="text-xl font-medium">How it works, and how to check it</h1>
      <p>One engine sees, decides and explains in simulation, in replay, in dry-run and live; only the adapter that answers it changes. Every decision is bound to a prediction with a band, and every prediction is scored against what was measured.</p>
      <Panel title="Words">
        <dl className="grid gap-1">
          {WORDS.map(([word, means]) => (
            <div key={word} className="grid gap-x-4 md:grid-cols-[120px_1fr]">
              <dt className="font-medium">{word}</dt>
              <dd className="text-ink-2">{means}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <div className="grid gap-4 md:grid-cols-2">
        <Panel title="Modelled"><ul className="grid list-disc gap-1 pl-4">{MODELLED.map((line) => <li key={line}>{line}</li>)}</ul></Panel>
        <Panel title="Not modelled yet"><ul className="grid list-disc gap-1 pl-4">{NOT_MODELLED.map((line) => <li key={line}>{line}</li>)}</ul></Panel>
      </div>
      <Panel title="Check it yourself">
        <ul className="grid gap-3">
          {CHECKS.map(([what, command]) => (
            <li key={command} className="grid gap-1">
              <p className="text-ink-2">{what}</p>
              <CopyCommand command={command} />
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
