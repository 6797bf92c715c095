// Controls for a film of movement: frame by frame, slow, looped, and from event to event.
// Every word comes in as data and is set as text, never as markup.
const SLACK_S = 0.15;   // shown before and after a looped rep
const FORGOTTEN_MS = 6000; // a film of which nothing arrives for so long is asked for again
const MOST_ASKED = 6;
const TYPING = "input:not([type=range]), textarea, select, [contenteditable], [role=combobox], [role=tab], [role=radio], [role=slider]";

function build(root) {
  const q = (name) => root.querySelector(`[data-do="${name}"]`);
  return {
    box: root.querySelector(".player"), reps: root.querySelector(".reps"), slider: root.querySelector("input"),
    shown: root.querySelector("output"), play: q("play"), loop: q("loop"), touchdown: q("touchdown"), toeOff: q("toe_off"),
    steps: [...root.querySelectorAll("[data-step]")], speeds: [...root.querySelectorAll("[data-speed]")],
  };
}

class Player {
  constructor(root) {
    this.ui = build(root);
    this.at = 0; this.speed = 1; this.looping = false; this.video = null; this.source = "";
    this.ui.play.onclick = () => this.toggle();
    this.ui.loop.onclick = () => this.setLoop(!this.looping);
    this.ui.touchdown.onclick = () => this.jump("touchdown");
    this.ui.toeOff.onclick = () => this.jump("toe_off");
    this.ui.slider.oninput = () => this.seek(Number(this.ui.slider.value));
    for (const b of this.ui.steps) b.onclick = () => this.step(Number(b.dataset.step));
    for (const b of this.ui.speeds) b.onclick = () => this.setSpeed(Number(b.dataset.speed));
  }

  get end() { return this.data.times.length ? this.data.times[this.data.times.length - 1] + this.data.frame_s : 0; }
  get rep() { return this.data.reps.find((r) => r.index === this.data.chosen); }

  take(data, pick) {
    this.data = data; this.pick = pick;
    const { slider } = this.ui;
    slider.max = this.end; slider.step = 0.001;
    this.ui.reps.replaceChildren(...data.reps.map((r) => this.chip(r)));
    this.attach();
  }

  chip(rep) {
    const b = document.createElement("button");
    b.type = "button"; b.className = `chip ${rep.verdict}`; b.dataset.rep = rep.index;
    b.textContent = `${rep.index}${{ fault: " !", borderline: " ?" }[rep.verdict] || ""}`;
    b.setAttribute("aria-label", _("Rep {n}: {words}", { n: rep.index, words: rep.words }));
    b.setAttribute("aria-pressed", String(rep.index === this.data.chosen));
    b.onclick = () => { this.go(rep.index, false); this.pick(rep.index); };
    return b;
  }

  // Called ever so often. Controls that the page has put away leave the film to those that took their place.
  tend() {
    if (!this.ui.box.isConnected) return;
    this.attach();
    this.insist();
    if (this.video && this.video.readyState >= 2 && !this.video.seeking) this.show();
  }

  // The film's element comes and goes with what the page shows; time and speed outlive it.
  attach() {
    const video = document.querySelector(`.st-key-${this.data.film} video`);
    this.ui.box.classList.toggle("idle", !video);
    if (!video) { this.video = null; return; }
    if (video === this.video && video.src === this.source) return;
    this.video = video; this.source = video.src;
    this.opening = true;
    video.controls = false; video.muted = true; video.playsInline = true; video.tabIndex = -1;
    video.preload = "auto"; // by metadata alone a busy browser may show no picture at all
    video.setAttribute("aria-label", this.data.name);
    video.onclick = () => this.toggle();
    video.onplay = () => this.follow();
    video.onpause = video.onseeked = () => this.show();
    const ready = () => { this.opening = false; video.playbackRate = this.speed; this.seek(this.at); };
    if (video.readyState > 0) ready();
    if (!video.paused) this.follow();
    video.addEventListener("loadedmetadata", ready);
    this.heard = performance.now(); this.asked = 0;
    video.addEventListener("progress", () => { this.heard = performance.now(); });
  }

  // A film that shows no picture while nothing more of it arrives is asked for again, each time with more
  // patience: a busy browser may forget it, as it is opened or as it looks for another place.
  insist() {
    const { video } = this, now = performance.now();
    if (!video) return;
    if (video.readyState >= 2 && !video.seeking) { this.heard = now; this.asked = 0; return; }
    if (this.asked >= MOST_ASKED || now - this.heard < FORGOTTEN_MS * (1 + this.asked)) return;
    this.heard = now; this.asked += 1;
    this.opening = true;
    video.load();
  }

  follow() {
    const turn = () => {
      if (!this.ui.box.isConnected) return;
      if (!this.video || this.video.paused) return this.show();
      const t = this.video.currentTime;
      if (this.looping && this.rep && (t > this.rep.end + SLACK_S || t < this.rep.start - 2 * SLACK_S)) this.video.currentTime = Math.max(this.rep.start - SLACK_S, 0);
      else if (t >= this.end - this.data.frame_s / 2) { this.video.pause(); this.seek(this.end - this.data.frame_s / 2); return; }
      this.show();
      requestAnimationFrame(turn);
    };
    requestAnimationFrame(turn);
  }

  frame(t) {
    const { times } = this.data;
    let low = 0, high = times.length - 1;
    while (low < high) { const mid = (low + high + 1) >> 1; if (times[mid] <= t + 1e-4) low = mid; else high = mid - 1; }
    return low;
  }

  // A film that is only being opened stands at its beginning: that is not where it was left.
  show() {
    if (!this.video || this.opening) return;
    const t = Math.min(this.video.currentTime, this.end), { ui } = this;
    this.at = t;
    ui.slider.value = t;
    const k = this.frame(t), real = this.data.real[k];
    this.video.dataset.instant = real;
    ui.shown.textContent = _("{time} s · frame {n} of {total}", { time: figure(real, 3), n: k + 1, total: this.data.times.length });
    ui.slider.setAttribute("aria-valuetext", ui.shown.textContent);
    const playing = !this.video.paused;
    ui.play.textContent = playing ? "❚❚" : "▶";
    ui.play.setAttribute("aria-label", playing ? _("Pause") : _("Play"));
  }

  seek(t) {
    this.at = Math.max(0, Math.min(t, this.end - this.data.frame_s / 4));
    if (this.video) this.video.currentTime = this.at;
  }

  // The first frame at or after an instant: the first with the foot down, the first with it off.
  from(t) {
    const k = this.frame(t);
    return this.data.times[k] < t - 1e-4 ? k + 1 : k;
  }

  // The middle of a frame, so that no rounding shows its neighbour.
  toFrame(k) {
    const { times, frame_s } = this.data, last = times.length - 1, n = Math.max(0, Math.min(k, last));
    this.seek(n < last ? (times[n] + times[n + 1]) / 2 : times[n] + frame_s / 2);
  }

  step(frames) { if (this.video) { this.video.pause(); this.toFrame(this.frame(this.at) + frames); } }

  toggle() {
    if (!this.video) return;
    if (!this.video.paused) return this.video.pause();
    if (this.at >= this.end - 2 * this.data.frame_s) this.video.currentTime = 0;
    this.video.play();
  }

  setSpeed(speed) {
    this.speed = speed;
    if (this.video) this.video.playbackRate = speed;
    for (const b of this.ui.speeds) b.setAttribute("aria-pressed", String(Number(b.dataset.speed) === speed));
  }

  setLoop(on) {
    this.looping = on;
    this.ui.loop.setAttribute("aria-pressed", String(on));
    if (on && this.rep && this.video) { this.seek(Math.max(this.rep.start - SLACK_S, 0)); this.video.play(); }
  }

  jump(event) {
    const t = this.rep?.[event];
    if (t == null || !this.video) return;
    this.video.pause();
    this.toFrame(this.from(t));
  }

  mark() {
    for (const b of this.ui.reps.children) b.setAttribute("aria-pressed", String(Number(b.dataset.rep) === this.data.chosen));
    this.ui.touchdown.hidden = this.rep?.touchdown == null;
    this.ui.toeOff.hidden = this.rep?.toe_off == null;
    this.ui.loop.hidden = !this.rep;
  }

  go(index, bring) {
    this.data.chosen = index;
    this.mark();
    if (!this.rep) return;
    if (this.video && !this.looping) this.video.pause();
    this.toFrame(this.from(this.rep.seek));
    if (bring) this.bring();
  }

  bring() {
    const film = document.querySelector(`.st-key-${this.data.film}`);
    const r = film?.getBoundingClientRect();
    if (r && (r.top < 50 || r.bottom > window.innerHeight)) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
      film.style.scrollMarginTop = "64px";
      film.scrollIntoView({ block: "start", behavior: calm });
    }
  }

  key(e) {
    const on = e.composedPath()[0];
    if (e.ctrlKey || e.metaKey || e.altKey || (on.matches && on.matches(TYPING))) return;
    const inButton = on.matches && on.matches("button, a, summary, [role=button], tr");
    const act = {
      ArrowLeft: () => this.step(e.shiftKey ? -10 : -1), ArrowRight: () => this.step(e.shiftKey ? 10 : 1),
      " ": () => !inButton && this.toggle(), t: () => this.jump("touchdown"), o: () => this.jump("toe_off"),
      l: () => this.setLoop(!this.looping),
    }[e.key.length > 1 ? e.key : e.key.toLowerCase()];  // caps lock or not
    if (!act || !this.video || (e.key === " " && inButton)) return;
    if (on === this.ui.slider && e.key === " ") return;
    e.preventDefault(); e.stopPropagation();
    act();
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  speak(parentElement, data);
  const host = parentElement.host || parentElement;
  const fresh = !host.__player;
  const player = (host.__player ||= new Player(parentElement));
  const before = fresh ? null : host.__chosen;
  player.take(data, (index) => { host.__chosen = index; setTriggerValue("rep", index); });
  player.mark();
  if (fresh && data.seek) player.toFrame(player.from(data.seek));
  // Picked elsewhere: in the table, in a cue, on a curve.
  else if (before !== data.chosen && data.picked) player.go(data.chosen, true);
  // Its first event was moved: the film follows.
  else if (before === data.chosen && player.rep && host.__seek !== player.rep.seek) player.go(data.chosen, false);
  host.__chosen = data.chosen; host.__seek = player.rep?.seek;
  const keys = (e) => player.key(e);
  const picked = (e) => { if (e.detail.film === data.film) { host.__chosen = e.detail.rep; player.go(e.detail.rep, true); } };
  return lasting(parentElement, () => {
    document.addEventListener("keydown", keys);
    document.addEventListener("plumbline:pick", picked);
    const watch = setInterval(() => player.tend(), 200);
    return () => {
      document.removeEventListener("keydown", keys);
      document.removeEventListener("plumbline:pick", picked);
      clearInterval(watch);
    };
  });
}
