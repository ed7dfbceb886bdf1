/** What watches the chain once a second: Prometheus scrapes services and exporters, one of these asks the database. */
import { callAt } from '../../../cpu/exact';
import { post, type LoopThread, type ThreadProgram } from '../../loop-thread';
import { CHAIN } from './chain-costs';
import { ChainCall, ChainPiece, type ChainRun } from '../chain-run';

const INTERVAL_US = 1_000_000;

export const chainWatcher: ThreadProgram<ChainRun> = {
  costUs: () => CHAIN.watchUs,
  finish(run) {
    if (run.databaseUp) post(run, run.watchers[1]!, { kind: ChainPiece.watch, request: -1 });
    return undefined;
  },
};

/** Scrapes the frontend (0), the backend (1), the load generator (2) or the exporters (3). */
export function scrape(run: ChainRun, which: number): void {
  const thread = scraped(run, which);
  if (thread !== undefined) post(run, thread, { kind: ChainPiece.scrape, request: -1 });
  callAt(run.host, run.host.nowUs + INTERVAL_US, ChainCall.scrape, which);
}

function scraped(run: ChainRun, which: number): LoopThread | undefined {
  if (which === 2) return run.client;
  if (which === 3) return run.watchers[0];
  const service = which === 0 ? run.frontend : run.backend;
  return service.up ? service.thread : undefined;
}
