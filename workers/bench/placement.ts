/**
 * The published placement experiment (FGD, ATC 2023): nodes and pods of the openb trace from a folder, one
 * policy, one seed. Files: `openb_node_list_gpu_node.csv` and `openb_pod_list_WORKLOAD.csv`.
 */
import { kubernetes } from '@/engine/twin';
import { BadInput } from '@/workers/cli/bad-input';
import { readText } from '@/workers/cli/files';

const ARRIVAL_RATIO = 1.3;

export async function benchPlacement(folder: string, workload: string, policy: kubernetes.PlacementPolicyName, seed: number): Promise<kubernetes.PlacementRun> {
  const nodes = rowsOf(await readText(`${folder}/openb_node_list_gpu_node.csv`), 'openb_node_list_gpu_node.csv', ['sn', 'cpu_milli', 'memory_mib', 'gpu', 'model']);
  const podFile = `openb_pod_list_${workload}.csv`;
  const pods = rowsOf(await readText(`${folder}/${podFile}`), podFile, ['cpu_milli', 'memory_mib', 'num_gpu', 'gpu_milli']);
  const gpuNodes = nodes.map((row) => ({ name: row.text('sn'), cpuMilli: row.number('cpu_milli'), memoryMib: row.number('memory_mib'), gpuCount: row.number('gpu'), gpuModel: row.text('model') }));
  return kubernetes.placeArrivals(gpuNodes, sharedShapes(pods), policy, seed, ARRIVAL_RATIO);
}

type Row = { text(column: string): string; number(column: string): number };

/** Pods that ask for the same are one object, so that policies can keep what they know about it. */
function sharedShapes(pods: readonly Row[]): readonly kubernetes.GpuShape[] {
  const shapes = new Map<string, kubernetes.GpuShape>();
  return pods.map((row) => {
    const gpuCount = row.number('num_gpu');
    const shape = {
      cpuMilli: row.number('cpu_milli'),
      memoryMib: row.number('memory_mib'),
      gpuCount,
      gpuMilli: gpuCount === 0 ? 0 : row.number('gpu_milli'),
      gpuModels: row.text('gpu_spec').split('|').filter((model) => model !== ''),
    };
    const key = JSON.stringify(shape);
    const known = shapes.get(key) ?? shape;
    shapes.set(key, known);
    return known;
  });
}

function rowsOf(text: string, file: string, needed: readonly string[]): readonly Row[] {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const columns = header.split(',');
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new BadInput(`${file} has no column ${missing.join(', ')}.`);
  return lines.map((line, i) => {
    const cells = line.split(',');
    const text = (column: string) => cells[columns.indexOf(column)] ?? '';
    const number = (column: string) => {
      const value = Number(text(column));
      if (text(column).trim() === '' || !Number.isFinite(value) || value < 0) throw new BadInput(`${file}, line ${i + 2}: ${column} is "${text(column)}", which is not a number.`);
      return value;
    };
    return { text, number };
  });
}
