/**
 * Pressure stall information, of the host (`/proc/pressure/cpu`) and of cgroups (`cpu.pressure`):
 * `some avg10=1.50 avg60=0.80 avg300=0.20 total=123456`, total in µs (Documentation/accounting/psi.rst).
 * The names are those of node_exporter and cAdvisor; the averages follow from the total and are kept beside it.
 */
import { cgroupLabels } from './cgroup/cgroup-name';
import { finite, reading, type HostFileReader, type HostReading } from './host-reading';

const LINE = /^(some|full) avg10=(\S+) avg60=(\S+) avg300=(\S+) total=(\d+)$/;
const HOST_PATH = /(?:^|\/)proc\/pressure\/(cpu|memory|io|irq)$/;
const CGROUP_PATH = /(?:^|\/)(cpu|memory|io|irq)\.pressure$/;
const AVERAGED = ['10', '60', '300'] as const;

export const PRESSURE_FILE: HostFileReader = {
  title: 'pressure (PSI)',
  named: (path) => HOST_PATH.test(path) || CGROUP_PATH.test(path),
  recognises: (line) => LINE.test(line),
  advice: 'The line does not say what was waited for, its file does: head -v -n -0 /proc/pressure/*',
  read(line, path) {
    const match = LINE.exec(line.trim());
    const resource = (HOST_PATH.exec(path) ?? CGROUP_PATH.exec(path))?.[1];
    if (match === null || resource === undefined) return null;
    const ofHost = HOST_PATH.test(path);
    const labels = ofHost ? [] : cgroupLabels(path);
    const name = `${ofHost ? 'node' : 'container'}_pressure_${resource}_${match[1] === 'some' ? 'waiting' : 'stalled'}`;
    const readings: HostReading[] = [reading(`${name}_seconds_total`, Number(match[5]) / 1e6, labels)];
    for (const [i, seconds] of AVERAGED.entries()) {
      const percent = finite(match[2 + i]);
      if (percent === null) return null;
      readings.push(reading(`${name}_percent`, percent, [...labels, ['window', `${seconds}s`]]));
    }
    return readings;
  },
};
