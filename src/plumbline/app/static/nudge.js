// Moves an event by frames. What is clicked while the last move is still being measured is one move more, of so many frames.
const CALM_MS = 250;
const LOST_MS = 5000; // a page that is just being run may miss what is sent: it is sent once more, and counts once
const TYPING = "input:not([type=range]), textarea, select, [contenteditable], [role=combobox]";

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  speak(parentElement, data);
  const host = parentElement.host || parentElement;
  const [earlier, later] = parentElement.querySelectorAll("button");
  const told = parentElement.querySelector("output");
  host.__frames ??= 0;

  const show = () => { told.textContent = host.__frames ? `${host.__frames > 0 ? "+" : "−"}${Math.abs(host.__frames)}` : ""; };
  const send = () => {
    if (host.__busy || !host.__frames) return;
    const sent = { frames: host.__frames, at: Date.now() };
    host.__frames = 0;
    host.__busy = true;
    show();
    clearTimeout(host.__lost);
    host.__lost = setTimeout(() => {
      if (!host.__busy) return;
      setTriggerValue("move", { ...sent });
      host.__lost = setTimeout(() => { host.__busy = false; send(); }, LOST_MS);
    }, LOST_MS);
    setTriggerValue("move", sent);
  };
  const soon = () => { clearTimeout(host.__timer); host.__timer = setTimeout(send, CALM_MS); };
  const move = (frames) => { host.__frames += frames; show(); soon(); };

  if (host.__state !== data.state) {
    host.__state = data.state;
    host.__busy = false;
    clearTimeout(host.__lost);
    if (host.__frames) soon();
  }
  earlier.querySelector("span").textContent = _("1 frame earlier");
  later.querySelector("span").textContent = _("1 frame later");
  earlier.onclick = () => move(-1);
  later.onclick = () => move(1);
  const keys = (e) => {
    const on = e.composedPath()[0];
    const by = { j: -1, k: 1 }[e.key.toLowerCase()];
    if (!by || !earlier.checkVisibility() || e.ctrlKey || e.metaKey || e.altKey || (on.matches && on.matches(TYPING))) return;
    e.preventDefault();
    move(by);
  };
  return lasting(parentElement, () => {
    document.addEventListener("keydown", keys);
    return () => document.removeEventListener("keydown", keys);
  });
}
