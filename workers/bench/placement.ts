/**
 * The published placement experiment (FGD, ATC 2023): nodes and pods of the openb trace from a folder, one
 * policy, one seed. Files: `openb_node_list_gpu_node.csv` and `openb_pod_list_WORKLOAD.csv`.
 */
import { kubernetes } from '@/engine/twin';
import { readText } from '@/workers/cli/files';
import { csvRows, type CsvRow } from './csv-rows';

const ARRIVAL_RATIO = 1.3;

export async function benchPlacement(folder: string, workload: string, policy: kubernetes.PlacementPolicyName, seed: number): Promise<kubernetes.PlacementRun> {
  const nodes = csvRows(await readText(`${folder}/openb_node_list_gpu_node.csv`), 'openb_node_list_gpu_node.csv', ['sn', 'cpu_milli', 'memory_mib', 'gpu', 'model']);
  const podFile = `openb_pod_list_${workload}.csv`;
  const pods = csvRows(await readText(`${folder}/${podFile}`), podFile, ['cpu_milli', 'memory_mib', 'num_gpu', 'gpu_milli']);
  const gpuNodes = nodes.map((row) => ({ name: row.text('sn'), cpuMilli: row.number('cpu_milli'), memoryMib: row.number('memory_mib'), gpuCount: row.number('gpu'), gpuModel: row.text('model') }));
  return kubernetes.placeArrivals(gpuNodes, sharedShapes(pods), policy, seed, ARRIVAL_RATIO);
}

/** Pods that ask for the same are one object, so that policies can keep what they know about it. */
function sharedShapes(pods: readonly CsvRow[]): readonly kubernetes.GpuShape[] {
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
