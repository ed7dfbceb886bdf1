/** DuckDB in its own worker, behind the SQL API. A shell: everything worth testing is in `sql/`. */
import { expose } from 'comlink';
import { sqlService } from './sql/sql-service';

expose(
  sqlService({
    // a classic worker: DuckDB's script is not a module
    startWorker: () => new Worker(new URL('@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js', import.meta.url)),
    wasmUrl: new URL('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm', import.meta.url).href,
    extensionUrl: `${self.location.origin}/duckdb-ext`,
  }),
);
