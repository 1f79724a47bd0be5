// Draws each canvas.cloud: points with depth, turning about the vertical, draggable.
"use strict";
(function () {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  function bytes(text) {
    const raw = atob(text), out = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return out;
  }

  function Cloud(canvas) {
    const data = bytes(canvas.dataset.points), view = new DataView(data.buffer);
    const n = Math.floor(data.length / 9), side = canvas.width;
    const xyz = new Float32Array(3 * n), rgb = new Uint8Array(3 * n);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < 3; c++) {
        xyz[3 * i + c] = view.getInt16(9 * i + 2 * c, true) / 32767;
        rgb[3 * i + c] = data[9 * i + 6 + c];
      }
    }
    const context = canvas.getContext("2d"), image = context.createImageData(side, side);
    const pixels = image.data, depth = new Float32Array(side * side);
    const radius = Math.max(1, Math.round(side / (n > 3000 ? 220 : 130)));
    let turn = 0.7, tilt = 0.35, drag = null, visible = true, speed = still ? 0 : 0.009;

    function draw() {
      pixels.fill(0);
      depth.fill(-9);
      const ca = Math.cos(turn), sa = Math.sin(turn), ct = Math.cos(tilt), st = Math.sin(tilt);
      const scale = side * 0.46;
      for (let i = 0; i < n; i++) {
        const x = xyz[3 * i], y = xyz[3 * i + 1], z = xyz[3 * i + 2];
        const across = ca * x - sa * y, away = sa * x + ca * y;
        const up = ct * z + st * away, near = st * z - ct * away;
        const px = Math.round(side / 2 + scale * across), py = Math.round(side / 2 - scale * up);
        const light = 0.62 + 0.38 * Math.max(0, Math.min(1, (near + 1) / 2));
        for (let v = py - radius; v <= py + radius; v++) {
          if (v < 0 || v >= side) continue;
          for (let u = px - radius; u <= px + radius; u++) {
            const at = v * side + u;
            if (u < 0 || u >= side || depth[at] >= near) continue;
            if ((u - px) * (u - px) + (v - py) * (v - py) > radius * radius + 1) continue;
            depth[at] = near;
            pixels[4 * at] = rgb[3 * i] * light;
            pixels[4 * at + 1] = rgb[3 * i + 1] * light;
            pixels[4 * at + 2] = rgb[3 * i + 2] * light;
            pixels[4 * at + 3] = 255;
          }
        }
      }
      context.putImageData(image, 0, 0);
    }

    canvas.addEventListener("pointerdown", function (e) {
      drag = [e.clientX, e.clientY];
      canvas.setPointerCapture(e.pointerId);
    });
    canvas.addEventListener("pointermove", function (e) {
      if (!drag) return;
      turn += (e.clientX - drag[0]) * 0.012;
      tilt = Math.max(-1.5, Math.min(1.5, tilt + (e.clientY - drag[1]) * 0.012));
      drag = [e.clientX, e.clientY];
      draw();
    });
    canvas.addEventListener("pointerup", function () { drag = null; });
    canvas.addEventListener("dblclick", function () { speed = speed ? 0 : 0.009; });
    new IntersectionObserver(function (entries) { visible = entries[0].isIntersecting; }).observe(canvas);
    draw();
    return function () {
      if (!visible || drag || !speed) return;
      turn += speed;
      draw();
    };
  }

  const clouds = Array.from(document.querySelectorAll("canvas.cloud")).map(Cloud);
  (function tick() {
    clouds.forEach(function (step) { step(); });
    requestAnimationFrame(tick);
  })();
})();
