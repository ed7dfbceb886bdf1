/**
 * Averages against the kernel's arithmetic, computed apart from this code with 64-bit integers (Python, `//` for `>>`):
 * load·exp + active·(2048 − exp), plus 2047 while rising, >> 11.
 */
import { describe, expect, it } from 'vitest';
import { changeTasks, noPressure, percentOf, pressureGroup, pressureLine, pressurePeriodNs, samplePressure, updatePressure } from './index';

const busy = { running: 2, onCpu: 1, ioWait: 0, memoryStall: 0, memoryStallRunning: 0 };
const idle = { running: 0, onCpu: 0, ioWait: 0, memoryStall: 0, memoryStallRunning: 0 };

describe('pressure averages', () => {
  it('equal the kernel to the printed digit over rising and falling samples', () => {
    const samples = [2004000000, 2004000000, 1002000000, 0, 0, 2004000000, 300000000, 0, 123456789, 2004000000, 2004000000, 2004000000, 2004000000, 0, 0, 0, 0];
    const pressure = noPressure();
    const lines = samples.map((sample) => {
      pressure.totalNs += sample;
      samplePressure(pressure, 2_004_000_000, 0);
      return pressureLine('some', pressure);
    });
    expect(lines).toEqual([
      'some avg10=18.11 avg60=3.27 avg300=0.68 total=2004000',
      'some avg10=32.94 avg60=6.43 avg300=1.36 total=4008000',
      'some avg10=36.03 avg60=7.86 avg300=1.69 total=5010000',
      'some avg10=29.50 avg60=7.60 avg300=1.68 total=5010000',
      'some avg10=24.16 avg60=7.35 avg300=1.67 total=5010000',
      'some avg10=37.90 avg60=10.38 avg300=2.34 total=7014000',
      'some avg10=33.57 avg60=10.50 avg300=2.42 total=7314000',
      'some avg10=27.48 avg60=10.16 avg300=2.40 total=7314000',
      'some avg10=23.59 avg60=10.02 avg300=2.43 total=7437456',
      'some avg10=37.43 avg60=12.96 avg300=3.09 total=9441456',
      'some avg10=48.77 avg60=15.81 avg300=3.76 total=11445456',
      'some avg10=58.05 avg60=18.57 avg300=4.42 total=13449456',
      'some avg10=65.65 avg60=21.23 avg300=5.07 total=15453456',
      'some avg10=53.75 avg60=20.54 avg300=5.03 total=15453456',
      'some avg10=44.01 avg60=19.86 avg300=5.00 total=15453456',
      'some avg10=36.04 avg60=19.21 avg300=4.96 total=15453456',
      'some avg10=29.51 avg60=18.58 avg300=4.93 total=15453456',
    ]);
    pressure.totalNs += 501_000_000;
    samplePressure(pressure, 2_004_000_000, 7);
    expect(pressureLine('some', pressure)).toBe('some avg10=10.48 avg60=15.05 avg300=4.84 total=15954456');
  });

  it('climb under full pressure to where rounding lets them', () => {
    const pressure = noPressure();
    for (let i = 0; i < 200; i += 1) {
      pressure.totalNs += 2_004_000_000;
      samplePressure(pressure, 2_004_000_000, 0);
    }
    expect(pressure.averages.map(percentOf)).toEqual([100.0, 99.87, 74.66]);
  });

  it('are sampled every 2 s and a jiffy', () => {
    expect(pressurePeriodNs(250)).toBe(2_004_000_000);
    expect(pressurePeriodNs(1000)).toBe(2_001_000_000);
  });

  it('weigh CPUs by the time that they were not idle', () => {
    const group = pressureGroup(2, 250, 0);
    changeTasks(group, 0, 0, busy);
    changeTasks(group, 1, 0, { ...busy, running: 1 });
    changeTasks(group, 1, 500_000, idle);
    updatePressure(group, 2_004_000);
    expect(pressureLine('some', group.pressures.cpuSome)).toBe('some avg10=14.49 avg60=2.61 avg300=0.54 total=1603840');
    expect(pressureLine('full', group.pressures.cpuFull)).toBe('full avg10=0.00 avg60=0.00 avg300=0.00 total=0');
  });

  it('are full on the CPU when runnable tasks wait and none runs: a throttled group', () => {
    const group = pressureGroup(1, 250, 0);
    changeTasks(group, 0, 0, { ...busy, onCpu: 0 });
    updatePressure(group, 2_004_000);
    expect(group.pressures.cpuFull.totalNs).toBe(2_004_000_000);
    expect(group.pressures.cpuSome.totalNs).toBe(2_004_000_000);
  });

  it('are full on memory while the CPU reclaims, though somebody else could run', () => {
    const group = pressureGroup(1, 250, 0);
    changeTasks(group, 0, 0, { running: 2, onCpu: 1, ioWait: 0, memoryStall: 1, memoryStallRunning: 1, reclaimsOnCpu: true });
    changeTasks(group, 0, 1_000_000, { running: 2, onCpu: 1, ioWait: 0, memoryStall: 1, memoryStallRunning: 1 });
    updatePressure(group, 2_004_000);
    expect(group.pressures.memoryFull.totalNs).toBe(1_000_000_000);
    expect(group.pressures.memorySome.totalNs).toBe(2_004_000_000);
  });

  it('tell memory and I/O apart: full only when nobody does anything else', () => {
    const group = pressureGroup(1, 250, 0);
    changeTasks(group, 0, 0, { running: 1, onCpu: 1, ioWait: 1, memoryStall: 1, memoryStallRunning: 1 });
    changeTasks(group, 0, 1_000_000, { running: 0, onCpu: 0, ioWait: 1, memoryStall: 0, memoryStallRunning: 0 });
    updatePressure(group, 2_004_000);
    const { ioSome, ioFull, memorySome, memoryFull } = group.pressures;
    expect([ioSome, ioFull, memorySome, memoryFull].map(({ totalNs }) => totalNs)).toEqual([2_004_000_000, 1_004_000_000, 1_000_000_000, 1_000_000_000]);
  });
});
