// Asks for the camera before the stream does, so that a refusal is one sentence; and unlocks sound.
const PROBLEMS = {
  NotFoundError: N_("No camera found: plug one in, then press the button again."),
  OverconstrainedError: N_("This camera has no such picture size: choose the other one."),
  NotAllowedError: N_("The browser may not use the camera: click the camera sign in the address bar, allow it, and press the button again."),
  NotReadableError: N_("Another program is using the camera: close it, then press the button again."),
  insecure: N_("A browser gives a camera only to this computer's own page or over https: open the page as http://localhost, or have the server speak https."),
};

async function ask(size) {
  if (!navigator.mediaDevices) return _(PROBLEMS.insecure);
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: size[0] }, height: { ideal: size[1] } } });
    stream.getTracks().forEach((track) => track.stop());
    return "";
  } catch (error) {
    const known = { DevicesNotFoundError: "NotFoundError", PermissionDeniedError: "NotAllowedError", SecurityError: "NotAllowedError", TrackStartError: "NotReadableError", AbortError: "NotReadableError" };
    const problem = PROBLEMS[known[error.name] || error.name];
    return problem ? _(problem) : _("The camera does not start ({name}): unplug it, plug it in, and try again.", { name: error.name });
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  speak(parentElement, data);
  const button = parentElement.querySelector("button");
  const told = parentElement.querySelector(".problem");
  button.textContent = data.playing ? _("Stop and see results") : _("Start camera");
  button.className = data.playing ? "stop" : "start";
  button.disabled = false;
  if (data.playing) told.textContent = "";
  button.onclick = async () => {
    if (window.speechSynthesis) window.speechSynthesis.cancel();
    if (data.playing) return setTriggerValue("press", "stop");
    button.disabled = true;
    told.textContent = await ask(data.size);
    button.disabled = false;
    if (!told.textContent) setTriggerValue("press", "start");
  };
}
