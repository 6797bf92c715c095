// Takes the instant at which the film stands, for one event of a rep that was not found.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  speak(parentElement, data);
  const film = () => document.querySelector(`.st-key-${data.film} video`);
  parentElement.querySelector(".instants").replaceChildren(...data.events.map((event) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = _("{event}: this frame", { event: event.words });
    b.onclick = () => {
      const time_s = Number(film()?.dataset.instant);
      if (Number.isFinite(time_s)) setTriggerValue("taken", { event: event.name, time_s });
    };
    return b;
  }));
}
