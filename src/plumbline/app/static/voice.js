// Says or beeps once for each new message. The browser's own voice, nothing is fetched.
let sound = null;

function beep() {
  sound = sound || new AudioContext();
  const tone = sound.createOscillator();
  const level = sound.createGain();
  tone.frequency.value = 880;
  level.gain.setValueAtTime(0.0001, sound.currentTime);
  level.gain.exponentialRampToValueAtTime(0.5, sound.currentTime + 0.02);
  level.gain.exponentialRampToValueAtTime(0.0001, sound.currentTime + 0.28);
  tone.connect(level).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.3);
}

export default function (component) {
  const { data, parentElement } = component;
  const host = parentElement.host || parentElement;
  if (!data.id || host.__said === data.id) return;
  host.__said = data.id;
  parentElement.querySelector(".said").textContent = data.words;
  if (data.how === "beep") beep();
  if (data.how === "voice" && window.speechSynthesis) {
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(new SpeechSynthesisUtterance(data.words));
  }
}
