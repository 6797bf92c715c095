// Speaks and beeps what a session calls, each call once and to its end. The browser's own voice and
// tones: nothing is fetched. Keeps the screen awake and beats time while reps are counted.
const KEPT_LINES = 30;
// Numbers that nobody has heard yet are left out when newer ones wait; a verdict never is.
const WAITING_NUMBERS = 2;
const TONES = { ok: [[1040, 0.12]], fault: [[392, 0.14], [294, 0.2]] };

const state = { session: null, last: 0, free: 0, queue: [], speaking: false, tick: 0, beats: null, lock: null };

function sound() {
  state.audio = state.audio || new AudioContext();
  if (state.audio.state === "suspended") state.audio.resume();
  return state.audio;
}

function tone(hertz, seconds, at, loudness) {
  const audio = sound();
  const source = audio.createOscillator();
  const level = audio.createGain();
  source.frequency.value = hertz;
  level.gain.setValueAtTime(0.0001, at);
  level.gain.exponentialRampToValueAtTime(loudness, at + 0.01);
  level.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
  source.connect(level).connect(audio.destination);
  source.start(at);
  source.stop(at + seconds + 0.02);
}

function signal(outcome) {
  for (const [hertz, seconds] of TONES[outcome] || []) {
    const at = Math.max(sound().currentTime, state.free);
    tone(hertz, seconds, at, 0.5);
    state.free = at + seconds + 0.04;
  }
}

function speakNext() {
  if (state.speaking || !state.queue.length) return;
  while (state.queue.length > WAITING_NUMBERS && /^\d+$/.test(state.queue[0])) state.queue.shift();
  const words = state.queue.shift();
  const speech = new SpeechSynthesisUtterance(words);
  speech.lang = state.language;
  state.speaking = true;
  let over = false;
  const next = () => {
    if (over) return;
    over = true;
    state.speaking = false;
    speakNext();
  };
  speech.onend = next;
  speech.onerror = next;
  setTimeout(next, 1500 + 120 * words.length); // a voice that never reports its end
  window.speechSynthesis.speak(speech);
}

function beat(beatsPerMinute) {
  clearInterval(state.beats);
  state.beats = null;
  if (!beatsPerMinute) return;
  state.tick = sound().currentTime + 0.1;
  state.beats = setInterval(() => {
    while (state.tick < sound().currentTime + 0.3) {
      if (state.tick > sound().currentTime) tone(1800, 0.03, state.tick, 0.25);
      state.tick += 60 / beatsPerMinute;
    }
  }, 100);
}

async function keepAwake(wanted) {
  if (!navigator.wakeLock) return;
  if (!wanted) {
    if (state.lock) state.lock.release();
    state.lock = null;
  } else if (!state.lock && document.visibilityState === "visible") {
    try {
      state.lock = await navigator.wakeLock.request("screen");
      state.lock.addEventListener("release", () => (state.lock = null));
    } catch {
      state.lock = null; // a battery that runs low refuses it
    }
  }
}

export default function (component) {
  const { data, parentElement } = component;
  const list = parentElement.querySelector(".said");
  speak(parentElement, data);
  state.language = data.language;
  if (state.session !== data.session) Object.assign(state, { session: data.session, last: 0, queue: [] });
  for (const call of data.calls) {
    if (call.id <= state.last) continue;
    state.last = call.id;
    const line = document.createElement("li");
    line.textContent = call.words;
    line.dataset.outcome = call.outcome;
    list.append(line);
    while (list.children.length > KEPT_LINES) list.firstChild.remove();
    if (data.how !== "silent") signal(call.outcome);
    if (data.how === "voice" && window.speechSynthesis) state.queue.push(call.words);
  }
  speakNext();
  const wantedBeat = data.counting ? data.beat : 0;
  if (parentElement.__beat !== wantedBeat) beat((parentElement.__beat = wantedBeat));
  keepAwake(data.awake);
  return () => {
    beat(0);
    parentElement.__beat = 0;
    keepAwake(false);
  };
}
