// An angle measured by hand on a still: three points, the angle at the middle one.
const PLACED_PX = 2; // how far off a point is set by eye
const NAMES = [N_("First end: arrow keys move it"), N_("Corner: arrow keys move it"), N_("Second end: arrow keys move it")];

function degrees(a, b) {
  const d = Math.atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y);
  return Math.abs((d * 180) / Math.PI);
}

export default function (component) {
  const { data, parentElement } = component;
  speak(parentElement, data);
  const root = parentElement.querySelector(".angle");
  const board = root.querySelector(".board");
  const said = root.querySelector("output");
  const image = board.querySelector("img");
  const lines = [...board.querySelectorAll("line")];
  const handles = [...board.querySelectorAll("button")];
  if (root.picture !== data.picture) {
    root.picture = data.picture;
    image.src = data.picture;
    image.alt = _("Still of {name}", { name: data.name });
    root.points = [{ x: 0.5, y: 0.3 }, { x: 0.5, y: 0.55 }, { x: 0.5, y: 0.8 }];
  }
  const points = root.points;

  function show() {
    const { width, height } = board.getBoundingClientRect();
    const px = points.map((p) => ({ x: p.x * width, y: p.y * height }));
    handles.forEach((h, i) => {
      h.style.left = `${100 * points[i].x}%`;
      h.style.top = `${100 * points[i].y}%`;
    });
    lines.forEach((l, i) => {
      const [a, b] = [px[i % 2], px[(i % 2) + 1]];
      for (const [name, value] of [["x1", a.x], ["y1", a.y], ["x2", b.x], ["y2", b.y]]) l.setAttribute(name, value);
    });
    const arms = [px[0], px[2]].map((p) => ({ x: p.x - px[1].x, y: p.y - px[1].y }));
    const lengths = arms.map((a) => Math.max(Math.hypot(a.x, a.y), 1));
    const sd = (Math.SQRT2 * PLACED_PX * Math.hypot(1 / lengths[0], 1 / lengths[1]) * 180) / Math.PI;
    const upright = arms.map((a) => Math.min(degrees(a, { x: 0, y: -1 }), degrees(a, { x: 0, y: 1 })));
    said.textContent = _("{angle} ± {sd}° at the middle point · sides {first}° and {second}° off the vertical", {
      angle: degrees(arms[0], arms[1]).toFixed(0),
      sd: Math.max(sd, 1).toFixed(0),
      first: upright[0].toFixed(0),
      second: upright[1].toFixed(0),
    });
  }

  function move(i, x, y) {
    points[i] = { x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) };
    show();
  }

  handles.forEach((h, i) => {
    h.setAttribute("aria-label", _(NAMES[i]));
    h.onpointerdown = (e) => h.setPointerCapture(e.pointerId);
    h.onpointermove = (e) => {
      if (!h.hasPointerCapture(e.pointerId)) return;
      const box = board.getBoundingClientRect();
      move(i, (e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height);
    };
    h.onkeydown = (e) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
      if (!way) return;
      e.preventDefault();
      e.stopPropagation();
      const box = board.getBoundingClientRect();
      const step = e.shiftKey ? 10 : 1;
      move(i, points[i].x + (step * way[0]) / box.width, points[i].y + (step * way[1]) / box.height);
    };
  });
  image.onload = show;
  show();
  return lasting(parentElement, () => {
    const watch = new ResizeObserver(show);
    watch.observe(board);
    return () => watch.disconnect();
  });
}
