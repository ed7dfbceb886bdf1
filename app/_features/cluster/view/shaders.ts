/**
 * GLSL of the two draws: one triangle over the room for the cells, four corners per rectangle for the near view. Cells
 * begin at whole device pixels, so all gaps are equally wide and stay so while the picture moves.
 */
export const cellsVertex = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

export const cellsFragment = `#version 300 es
precision highp float;
uniform sampler2D lattice;
uniform vec3 camera;
uniform vec2 extent;
uniform vec3 ground;
uniform float gap;
uniform float ratio;
uniform float height;
out vec4 colour;
void main() {
  float pxPerCell = camera.z * ratio;
  vec2 px = floor(vec2(gl_FragCoord.x, height - gl_FragCoord.y));
  vec2 cell = floor(camera.xy + (px + 0.5) / pxPerCell);
  cell += vec2(greaterThanEqual(px, round((cell + 1.0 - camera.xy) * pxPerCell)));
  cell -= vec2(lessThan(px, round((cell - camera.xy) * pxPerCell)));
  vec2 inside = px - round((cell - camera.xy) * pxPerCell);
  bool outside = any(lessThan(cell, vec2(0.0))) || any(greaterThanEqual(cell, extent)) || min(inside.x, inside.y) < round(gap * ratio);
  colour = outside ? vec4(ground, 1.0) : vec4(texelFetch(lattice, ivec2(cell), 0).rgb, 1.0);
}`;

export const rectsVertex = `#version 300 es
layout(location = 0) in vec4 box;
layout(location = 1) in uint code;
uniform vec3 room;
flat out uint colourCode;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  vec2 px = round((box.xy + corner * box.zw) * room.z) / room.z;
  colourCode = code;
  gl_Position = vec4(px.x / room.x * 2.0 - 1.0, 1.0 - px.y / room.y * 2.0, 0.0, 1.0);
}`;

export const rectsFragment = `#version 300 es
precision highp float;
uniform sampler2D palette;
flat in uint colourCode;
out vec4 colour;
void main() {
  colour = vec4(texelFetch(palette, ivec2(int(colourCode), 0), 0).rgb, 1.0);
}`;
