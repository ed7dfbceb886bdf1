/** A bill as a person reads it: total first, then its lines, who caused them, what was promised, energy and carbon. */
import { idleTotal, type Bill } from '@/engine/cost';

const KWH = 3.6e9;
const LINES_SHOWN = 40;

const usd = (micro: number) => `$${(micro / 1e6).toFixed(6)}`;
const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
const row = (cells: readonly string[], widths: readonly number[]) => `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[i]!))).join('').trimEnd()}\n`;

export function billText(bill: Bill): string {
  const perHour = bill.hours === 0 ? 0 : bill.total / bill.hours;
  const { book, day, region, unlisted, sources } = bill.prices;
  const head = `${usd(bill.total)} for ${bill.hours.toFixed(3)} hours, ${usd(perHour)} an hour\nprices: ${book}${region === null ? '' : `, ${region}`}${day === null ? '' : `, of ${day}`}${day !== null && sources.length === 0 ? '; the nodes at the prices that the system states' : ''}${unlisted.length === 0 ? '' : `; no price for ${unlisted.join(', ')}: counted as 0`}\n`;
  return [head, lineTable(bill), ownerTable(bill), commitmentTable(bill), energyText(bill)].filter((part) => part !== '').join('\n');
}

function lineTable({ lines, total }: Bill): string {
  const shown = [...lines].sort((x, y) => y.amount - x.amount).slice(0, LINES_SHOWN);
  const rest = lines.length - shown.length;
  const cells = shown.map(({ kind, name, amount }) => row([`${kind} ${name}`, usd(amount), percent(total === 0 ? null : amount / total)], [44, 16, 10]));
  return `Lines\n${cells.join('')}${rest === 0 ? '' : `  and ${rest} smaller ones\n`}`;
}

function ownerTable(bill: Bill): string {
  const widths = [28, 14, 14, 14, 14, 14, 14, 14, 10];
  const head = row(['', 'cpu', 'memory', 'gpu', 'volumes', 'network', 'idle', 'total', 'efficient'], widths);
  const owners = bill.owners.map((one) => row([one.owner, usd(one.cpu), usd(one.memory), usd(one.gpu), usd(one.volume), usd(one.network + one.balancer), usd(one.idle + one.shared), usd(one.total), percent(one.efficiency)], widths));
  const { cpu, memory, gpu, volume, commitment } = bill.idle;
  const idle = row(['(idle)', usd(cpu), usd(memory), usd(gpu), usd(volume), '', usd(commitment), usd(idleTotal(bill.idle)), ''], widths);
  const rest = bill.unallocated === 0 ? '' : row(['(nobody’s)', '', '', '', '', '', '', usd(bill.unallocated), ''], widths);
  return `Owners\n${head}${owners.join('')}${idle}${rest}`;
}

function commitmentTable({ commitments, coverage, utilization, listed, total }: Bill): string {
  if (commitments.length === 0) return '';
  const cells = commitments.map(({ name, committed, used, unused }) => row([name, usd(committed), `used ${usd(used)}`, `unused ${usd(unused)}`], [28, 16, 22, 22]));
  return `Commitments\n${cells.join('')}  coverage ${percent(coverage)}, utilization ${percent(utilization)}; at list prices ${usd(listed)}, saved ${usd(listed - total)}\n`;
}

function energyText({ energy, carbon }: Bill): string {
  if (energy === null || carbon === null) return '';
  const kwh = (millijoules: number) => `${(millijoules / KWH).toFixed(4)} kWh`;
  const parts = [`nodes ${kwh(energy.nodes)} (idle ${kwh(energy.idle)})`, `volumes ${kwh(energy.volumes)}`, `network ${kwh(energy.network)}`, `overhead ${kwh(energy.overhead)}`];
  return `Energy\n  ${kwh(energy.total)}, ${energy.basis}: ${parts.join(', ')}\nCarbon\n  ${((carbon.operationalG + carbon.embodiedG) / 1_000).toFixed(4)} kg CO2e: operation ${(carbon.operationalG / 1_000).toFixed(4)}, making the machines ${(carbon.embodiedG / 1_000).toFixed(4)}; grid: ${carbon.basis.join('; ')}\n`;
}
