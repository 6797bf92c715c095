// Two films with one set of controls, both at nought as the foot touches the floor.
// The second film over the first, as a ghost: its ankle on the other's, at the same size.
function lay(over, films, data) {
  const [a, b] = films, [p, q] = data.films.map((f) => f.body);
  const canvas = over.querySelector("canvas");
  if (over.hidden || !a || !b || !p || !q || a.readyState < 2 || b.readyState < 2) return;
  const w = 560, h = Math.round(w / p.aspect), pen = canvas.getContext("2d");
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  pen.globalAlpha = 1;
  pen.drawImage(a, 0, 0, w, h);
  const tall = h * p.height / q.height, wide = tall * q.aspect;
  pen.globalAlpha = 0.5;
  pen.drawImage(b, w * p.x - wide * q.x, h * p.y - tall * q.y, wide, tall);
}

// What stands in column `to` where column `from` holds x, along rows in order; straight on beyond them.
function along(rows, x, from, to) {
  let k = 1;
  while (k < rows.length - 1 && rows[k][from] < x) k++;
  const [p, q] = [rows[k - 1], rows[k]];
  return p[to] + ((x - p[from]) * (q[to] - p[to])) / (q[from] - p[from]);
}

const plus = (offset) => _("{time} s from touchdown", { time: `${offset > -0.005 ? "+" : "−"}${figure(Math.abs(offset), 2)}` });

export default function (component) {
  const { data, parentElement } = component;
  speak(parentElement, data);
  const box = parentElement.querySelector(".pair");
  const films = () => data.films.map((f) => document.querySelector(`.st-key-${f.key} video`));
  const slider = box.querySelector("input");
  const button = box.querySelector("button");
  const speed = box.querySelector("select");
  const shown = box.querySelector("output");
  slider.min = -data.before; slider.max = data.after; slider.step = 0.01;

  // A film's own time at so many real seconds from touchdown, and back: slow motion runs on another clock.
  const film_s = (i, offset) => along(data.films[i].way, offset, 0, 1);
  const real_s = (i, time) => along(data.films[i].way, time, 1, 0);
  const put = (offset) => {
    films().forEach((v, i) => { if (v) v.preload = "auto", v.currentTime = Math.max(0, film_s(i, offset)); });
    slider.value = offset;
    shown.textContent = plus(offset);
  };
  const stop = () => {
    clearInterval(box.__timer); box.__timer = null;
    films().forEach((v) => v && v.pause());
    button.textContent = _("▶ Play both");
  };
  const play = () => {
    put(Number(slider.min));
    // Browsers play at up to 16 times a film's own speed.
    const rates = data.films.map((_f, i) => (film_s(i, 0.05) - film_s(i, -0.05)) / 0.1);
    const pace = Math.min(Number(speed.value), 16 / Math.max(...rates));
    films().forEach((v, i) => { if (v) { v.muted = true; v.playbackRate = pace * rates[i]; v.play(); } });
    button.textContent = _("⏸ Stop");
    box.__timer = setInterval(() => {
      const [a, b] = films();
      if (!a || !b) return stop();
      const offset = real_s(0, a.currentTime);
      // The second film follows the first.
      if (Math.abs(real_s(1, b.currentTime) - offset) > 0.04) b.currentTime = film_s(1, offset);
      slider.value = offset;
      shown.textContent = plus(offset);
      if (offset >= data.after) { stop(); put(0); }
    }, 50);
  };
  const over = parentElement.querySelector(".over");
  const ghost = box.querySelector(".ghost");
  ghost.hidden = !data.films.every((f) => f.body);
  ghost.onclick = () => {
    over.hidden = !over.hidden;
    ghost.setAttribute("aria-pressed", String(!over.hidden));
    lay(over, films(), data);
  };
  button.onclick = () => (box.__timer ? stop() : play());
  slider.oninput = () => { stop(); put(Number(slider.value)); };
  const state = JSON.stringify(data);
  if (box.__state !== state) {
    box.__state = state;
    stop();
    const ready = () => films().every((v) => v && v.readyState > 0);
    const wait = setInterval(() => { if (ready()) { clearInterval(wait); films().forEach((v) => (v.controls = false)); put(0); } }, 100);
    setTimeout(() => clearInterval(wait), 20000);
  }
  return lasting(parentElement, () => {
    const drawing = setInterval(() => lay(over, films(), data), 40);
    return () => clearInterval(drawing);
  });
}
