/**
 * The image of a program, on the host's disk as layers that images share: a start pulls what is missing and nothing else. A
 * pull that cannot be done is tried again by the kubelet's image back-off: after 10 s, doubled up to five minutes.
 */
import { imageStore, missingLayers, pullImage, type Layer } from '../../../filesystem';
import { callProgram, HostCall } from '../../host-call';
import { noteEvent, type HostWorld, type Program } from '../../host-world';
import type { ProgramSpec } from '../../spec/host-spec';

const BYTES_PER_MIB = 1_048_576;
const BACK_OFF_SECONDS = 10;
const BACK_OFF_SECONDS_MAX = 300;

const layersOf = ({ image }: ProgramSpec): Layer[] => (image?.layers ?? []).map(({ digest, compressedMib, mib }) => ({ digest, compressedBytes: compressedMib * BYTES_PER_MIB, bytes: mib * BYTES_PER_MIB }));

/** What images of these programs take, layers that they share once. */
export function imageMibOf(programs: readonly ProgramSpec[]): number {
  const sizes = new Map(programs.flatMap(({ image }) => (image?.layers ?? []).map(({ digest, mib }) => [digest, mib] as const)));
  return [...sizes.values()].reduce((sum, mib) => sum + mib, 0);
}

/** True when everything is there and the program can start; else it is called when that is so, or to try again. */
export function hasImage(world: HostWorld, program: Program): boolean {
  const { disk, spec: { registry } } = world;
  const layers = layersOf(program.spec);
  if (disk === null || registry === undefined || missingLayers(disk, layers).length === 0) return true;
  const name = program.spec.image!.name;
  world.images ??= imageStore();
  const rate = { downloadBytesPerSecond: registry.downloadMibPerSecond * BYTES_PER_MIB, unpackBytesPerSecond: registry.unpackMibPerSecond * BYTES_PER_MIB, registryMs: registry.answerMs };
  const pulled = world.trouble.networkCuts > 0 ? null : pullImage(disk, world.images, name, layers, rate, world.cpu.nowUs);
  if (pulled?.ok !== true) {
    const tries = (program.pullTries ?? 0) + 1;
    program.pullTries = tries;
    const waitSeconds = Math.min(BACK_OFF_SECONDS_MAX, BACK_OFF_SECONDS * 2 ** (tries - 1));
    noteEvent(world, 'pull-failed', program.spec.name, `${name}: ${pulled === null ? 'the registry cannot be reached' : 'no space left on device'}; again in ${waitSeconds} s`);
    callProgram(world, program, HostCall.pulled, world.cpu.nowUs + waitSeconds * 1e6);
    return false;
  }
  delete program.pullTries;
  const { milliseconds, downloadedBytes, layersPulled, layersCached } = pulled.value;
  noteEvent(world, 'pulled', program.spec.name, `${name}: ${Math.round(downloadedBytes / BYTES_PER_MIB)} MiB in ${layersPulled} ${layersPulled === 1 ? 'layer' : 'layers'}, ${layersCached} were there; ${(milliseconds / 1_000).toFixed(2)} s`);
  callProgram(world, program, HostCall.pulled, world.cpu.nowUs + milliseconds * 1_000);
  return false;
}

/** As pulled before anybody looked. */
export function placeImages(world: HostWorld): void {
  for (const { spec } of world.programs) {
    if (world.disk === null || world.spec.registry === undefined || spec.image === undefined) continue;
    world.images ??= imageStore();
    pullImage(world.disk, world.images, spec.image.name, layersOf(spec), { downloadBytesPerSecond: 1, unpackBytesPerSecond: 1, registryMs: 0 }, 0);
  }
}
