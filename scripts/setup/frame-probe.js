/**
 * Put into a page before its own scripts: times the frames in which the page draws. The page's calls to
 * requestAnimationFrame are wrapped; the probe's own loop marks where each frame begins. Plain script, as it runs in
 * the page: start(), stop() → milliseconds of each drawn frame and of the drawing itself, nextDrawn() → the begin of
 * the frame after the next drawn one.
 */
(() => {
  const ask = window.requestAnimationFrame.bind(window);
  let frames = [];
  let draws = [];
  let drawnMs = 0;
  let drawn = false;
  let began = 0;
  let recording = false;
  let waiting = [];
  window.requestAnimationFrame = (callback) =>
    ask((at) => {
      const start = performance.now();
      callback(at);
      drawnMs += performance.now() - start;
      drawn = true;
    });
  const beginFrame = () => {
    const now = performance.now();
    if (drawn) {
      if (recording) {
        frames.push(now - began);
        draws.push(drawnMs);
      }
      for (const resolve of waiting) resolve(now);
      waiting = [];
    }
    drawn = false;
    drawnMs = 0;
    began = now;
    ask(beginFrame);
  };
  ask(beginFrame);
  Object.assign(window, {
    frameProbe: {
      start() {
        frames = [];
        draws = [];
        recording = true;
      },
      stop() {
        recording = false;
        return { frames, draws };
      },
      nextDrawn: () => new Promise((resolve) => waiting.push(resolve)),
    },
  });
})();
