/**
 * Cells on WebGL2. The lattice is a texture of one texel a cell and one quad: the fragment shader finds the cell of its
 * pixel and leaves the gap out, so the cost is that of the pixels, not of the nodes. Pods are one instanced draw.
 * Opened only where a graphics processor does the work; on a processor alone a 2D canvas is quicker (npm run frames).
 */
import type { Room } from './camera';
import { cellsFragment, cellsVertex, rectsFragment, rectsVertex } from './shaders';
import type { Renderer } from './renderer';

const FLOATS_PER_RECT = 4;

function programOf(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}

function textureOf(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const [name, value] of [[gl.TEXTURE_MIN_FILTER, gl.NEAREST], [gl.TEXTURE_MAG_FILTER, gl.NEAREST], [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE]] as const) gl.texParameteri(gl.TEXTURE_2D, name, value);
  return texture;
}

/** Some browsers draw WebGL with the processor and do not call it slow. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return info !== null && /swiftshader|llvmpipe|softpipe|software|basic render/i.test(String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)));
}

/** Null when there is none, when it is slow (`force` takes it all the same), or when its shaders do not compile. */
export function openWebgl(canvas: HTMLCanvasElement, words: HTMLCanvasElement, force: boolean, onLost: () => void): Renderer | null {
  const overlay = words.getContext('2d');
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, powerPreference: 'high-performance', failIfMajorPerformanceCaveat: !force });
  if (gl === null || overlay === null || (!force && isSoftware(gl))) return null;
  const cells = programOf(gl, cellsVertex, cellsFragment);
  const rects = programOf(gl, rectsVertex, rectsFragment);
  if (cells === null || rects === null) return null;
  const at = (program: WebGLProgram, name: string) => gl.getUniformLocation(program, name);
  const uniform = { camera: at(cells, 'camera'), extent: at(cells, 'extent'), gap: at(cells, 'gap'), ground: at(cells, 'ground'), ratio: at(cells, 'ratio'), height: at(cells, 'height'), room: at(rects, 'room'), lattice: at(cells, 'lattice'), palette: at(rects, 'palette') };
  const lattice = textureOf(gl);
  const palette = textureOf(gl);
  const boxes = gl.createBuffer();
  const codes = gl.createBuffer();
  const list = gl.createVertexArray();
  gl.bindVertexArray(list);
  gl.bindBuffer(gl.ARRAY_BUFFER, boxes);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, FLOATS_PER_RECT, gl.FLOAT, false, 0, 0);
  gl.vertexAttribDivisor(0, 1);
  gl.bindBuffer(gl.ARRAY_BUFFER, codes);
  gl.enableVertexAttribArray(1);
  gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_BYTE, 0, 0);
  gl.vertexAttribDivisor(1, 1);
  const plain = gl.createVertexArray();
  let room: Room = { width: 0, height: 0 };
  let ratio = 1;
  let extent: readonly [number, number] = [1, 1];
  let ground: readonly [number, number, number] = [0, 0, 0];
  const lost = (event: Event) => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener('webglcontextlost', lost);
  return {
    kind: 'webgl2',
    setLattice({ columns, rows, pixels }, { rgb }) {
      extent = [columns, rows];
      ground = [rgb[0]! / 255, rgb[1]! / 255, rgb[2]! / 255];
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
      gl.bindTexture(gl.TEXTURE_2D, lattice);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, columns, rows, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(pixels.buffer));
      gl.bindTexture(gl.TEXTURE_2D, palette);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8, rgb.length / 3, 1, 0, gl.RGB, gl.UNSIGNED_BYTE, rgb);
    },
    resize(next, pixelRatio) {
      room = next;
      ratio = pixelRatio;
      for (const each of [canvas, words]) [each.width, each.height] = [Math.round(next.width * ratio), Math.round(next.height * ratio)];
    },
    draw({ x, y, scale }, gap, near) {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.useProgram(cells);
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, lattice);
      gl.uniform1i(uniform.lattice, 0);
      gl.uniform3f(uniform.camera, x, y, scale);
      gl.uniform2f(uniform.extent, ...extent);
      gl.uniform1f(uniform.gap, gap);
      gl.uniform1f(uniform.ratio, ratio);
      gl.uniform1f(uniform.height, canvas.height);
      gl.uniform3f(uniform.ground, ...ground);
      gl.bindVertexArray(plain);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
      if (near === null || near.count === 0) return;
      gl.useProgram(rects);
      gl.bindTexture(gl.TEXTURE_2D, palette);
      gl.uniform1i(uniform.palette, 0);
      gl.uniform3f(uniform.room, room.width, room.height, ratio);
      gl.bindVertexArray(list);
      gl.bindBuffer(gl.ARRAY_BUFFER, boxes);
      gl.bufferData(gl.ARRAY_BUFFER, near.xywh.subarray(0, near.count * FLOATS_PER_RECT), gl.STREAM_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, codes);
      gl.bufferData(gl.ARRAY_BUFFER, near.code.subarray(0, near.count), gl.STREAM_DRAW);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, near.count);
    },
    overlay() {
      overlay.setTransform(ratio, 0, 0, ratio, 0, 0);
      overlay.clearRect(0, 0, room.width, room.height);
      return overlay;
    },
    close() {
      canvas.removeEventListener('webglcontextlost', lost);
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}
