import { expect, test } from 'vitest';
import { droppedRows } from '../recording/import-issue';
import { assembleRecording } from './assemble-recording';
import { importText } from './import-text';
import { importSavedScrapes } from './saved-scrapes';
import { sniffText } from './sniff-format';

const START = 1_700_000_000;

/** As node_exporter exposes it, shortened. */
const scrape = (second: number, more = '') => `# HELP go_goroutines Number of goroutines that currently exist.
# TYPE go_goroutines gauge
go_goroutines 8
# HELP node_cpu_seconds_total Seconds the CPUs spent in each mode.
# TYPE node_cpu_seconds_total counter
node_cpu_seconds_total{cpu="0",mode="idle"} ${1_000 + 3 * second}
node_cpu_seconds_total{cpu="0",mode="user"} ${50 + 2 * second}
# HELP node_memory_MemTotal_bytes Memory information field MemTotal_bytes.
# TYPE node_memory_MemTotal_bytes gauge
node_memory_MemTotal_bytes 8e+09
${more}# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 0.5
`;
const own = (second: number) => `# HELP node_time_seconds System time in seconds since epoch (1970).
# TYPE node_time_seconds gauge
node_time_seconds ${START + 5 * second}.25
# HELP node_uname_info Labeled system information as provided by the uname system call.
# TYPE node_uname_info gauge
node_uname_info{domainname="(none)",machine="x86_64",nodename="web-1",release="6.1.0",sysname="Linux",version="#1 SMP"} 1
`;

function recorded(text: string, where = 'node.prom') {
  const table = importText(text, sniffText(text), { where, atUs: START * 1e6 });
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  const recording = assembleRecording(table.value, { where, format: 'a test', manifest: null });
  if (!recording.ok) throw new Error(JSON.stringify(recording.error));
  return recording.value;
}
const timesOf = ({ frames }: ReturnType<typeof recorded>) => frames.map(({ atUs }) => atUs / 1e6 - START);

test('one scrape, saved as it is, is a host: named by its uname, its exporter a service', () => {
  const recording = recorded(scrape(0, own(0)));
  expect(timesOf(recording)).toEqual([0.25]);
  expect(recording.frames[0]!.hosts).toMatchObject([{ host: 'web-1', size: { cpus: 1, memoryBytes: 8e9 } }]);
  expect(recording.frames[0]!.services.map(({ service }) => service)).toEqual(['node_exporter']);
});

test('scrapes one after another in a file have the times that node_exporter tells', () => {
  const recording = recorded([0, 1, 2].map((second) => scrape(second, own(second))).join(''));
  expect(timesOf(recording)).toEqual([0.25, 5.25, 10.25]);
  expect(recording.frames[2]!.hosts![0]!.cpuCores).toBeCloseTo(0.4, 9);
  expect([recording.warnings, droppedRows(recording.understood.counts)]).toEqual([[], 0]);
});

test('a time printed before a scrape is its time', () => {
  const recording = recorded([0, 1, 2].map((second) => `${START + 2 * second}.5\n${scrape(second, own(second))}`).join(''));
  expect(timesOf(recording)).toEqual([0.5, 2.5, 4.5]);
  const table = importSavedScrapes([0, 1].map((second) => `Tue Nov 14 22:13:2${second} UTC 2023\n${scrape(second)}`).join(''), { where: 'node.prom', atUs: 0 });
  expect(table.ok ? [...new Set(table.value.columns.atUs)] : table.error).toEqual([START * 1e6, (START + 1) * 1e6]);
});

test('scrapes without any time are not put on times that nobody measured: it is said that the first counts', () => {
  const table = importSavedScrapes(scrape(0) + scrape(1), { where: 'node.prom', atUs: START * 1e6 });
  expect(table.ok && table.value.warnings.map(({ what, next }) => `${what}; ${next}`)).toEqual(['2 scrapes have no time: only the first of them counts; Print the time before each: date +%s.%N; curl -s http://HOST:PORT/metrics']);
  const recording = recorded(scrape(0) + scrape(1));
  expect([recording.frames.length, recording.frames[0]!.hosts![0]!.cpuCores, droppedRows(recording.understood.counts)]).toEqual([1, null, 5]);
});

test('without a uname the host is called as the file; labels of the text’s own win', () => {
  expect(recorded(scrape(0), 'db-7.prom').frames[0]!.hosts).toMatchObject([{ host: 'db-7' }]);
  const named = scrape(0).replaceAll('{cpu=', '{instance="a:9100",cpu=').replace('MemTotal_bytes 8', 'MemTotal_bytes{instance="a:9100"} 8');
  expect(recorded(named).frames[0]!.hosts).toMatchObject([{ host: 'a:9100' }]);
});

test('cAdvisor’s groups belong to a host too', () => {
  const text = ['/docker/a', '/docker/b'].map((id, i) => `container_memory_usage_bytes{id="${id}",image="x",name="web-${i}"} 5e+07 ${START * 1_000}\n`).join('');
  expect(recorded(text, 'box-3.prom').frames[0]!.hosts).toMatchObject([{ host: 'box-3', groups: [{ group: 'web-0' }, { group: 'web-1' }] }]);
});

test('a line is told by its number in the file, also in the second scrape', () => {
  const table = importSavedScrapes(`${scrape(0, own(0))}${scrape(1, own(1)).replace('go_goroutines 8', 'go_goroutines eight')}`, { where: 'node.prom', atUs: 0 });
  const lines = scrape(0, own(0)).split('\n').length - 1;
  expect(table.ok && table.value.warnings).toMatchObject([{ where: `node.prom line ${lines + 3}`, what: '“eight” is not a number' }]);
});

test('OpenMetrics scrapes one after another end in their own # EOF', () => {
  const om = (second: number) => `# TYPE up gauge\nup 1 ${START + second}\n# EOF\n`;
  const table = importSavedScrapes(om(0) + om(1), { where: 'x', atUs: 0 });
  expect(table.ok && [[...table.value.columns.atUs], table.value.warnings]).toEqual([[START * 1e6, (START + 1) * 1e6], []]);
});
