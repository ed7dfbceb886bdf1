/**
 * ONNX without a framework: the model is a protobuf message (onnx.proto, IR version 8, opset 17) and this is
 * the small part of protobuf it needs: varints, length-delimited fields, raw little-endian floats.
 */
import { layersOf, type Layer, type Network } from './network';

const FLOAT = 1;

export function onnxModel(network: Network, named: { readonly producer: string; readonly name: string }): Uint8Array {
  const [skip, first, second, last] = layersOf(network) as [Layer, Layer, Layer, Layer];
  const named4 = { skip, first, second, last };
  const nodes = [
    gemm('window', 'first', 'first_sum'),
    node('Relu', ['first_sum'], 'first_out'),
    gemm('first_out', 'second', 'second_sum'),
    node('Relu', ['second_sum'], 'second_out'),
    gemm('second_out', 'last', 'change'),
    gemm('window', 'skip', 'repeat'),
    node('Add', ['repeat', 'change'], 'forecast'),
  ];
  const graph = message([
    ...nodes.map((bytes) => field(1, bytes)),
    field(2, utf8(named.name)),
    ...Object.entries(named4).flatMap(([name, layer]) => [field(5, tensor(`${name}_weights`, [layer.inputs, layer.outputs], layer.weights)), field(5, tensor(`${name}_bias`, [layer.outputs], layer.bias))]),
    field(11, valueInfo('window', first.inputs)),
    field(12, valueInfo('forecast', last.outputs)),
  ]);
  return message([integer(1, 8), field(2, utf8(named.producer)), field(7, graph), field(8, message([field(1, utf8('')), integer(2, 17)]))]);
}

const gemm = (input: string, layer: string, output: string) => node('Gemm', [input, `${layer}_weights`, `${layer}_bias`], output);

const node = (operation: string, inputs: readonly string[], output: string) => message([...inputs.map((input) => field(1, utf8(input))), field(2, utf8(output)), field(3, utf8(output)), field(4, utf8(operation))]);

function tensor(name: string, sizes: readonly number[], values: Float64Array): Uint8Array {
  const raw = new Uint8Array(values.length * 4);
  const view = new DataView(raw.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return message([...sizes.map((size) => integer(1, size)), integer(2, FLOAT), field(8, utf8(name)), field(9, raw)]);
}

/** A float matrix with a free first dimension: any number of windows at once. */
function valueInfo(name: string, width: number): Uint8Array {
  const shape = message([field(1, message([field(2, utf8('rows'))])), field(1, message([integer(1, width)]))]);
  const type = message([field(1, message([integer(1, FLOAT), field(2, shape)]))]);
  return message([field(1, utf8(name)), field(2, type)]);
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const integer = (number: number, value: number) => new Uint8Array([...varint(number * 8), ...varint(value)]);
const field = (number: number, bytes: Uint8Array) => message([new Uint8Array([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

function message(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
