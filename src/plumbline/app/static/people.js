// A picture with a button on each person.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  speak(parentElement, data);
  const root = parentElement.querySelector(".people");
  const image = document.createElement("img");
  image.src = data.picture;
  image.alt = _("One frame of the film with everybody in it");
  const buttons = data.boxes.map(([number, left, top, width, height]) => {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = number;
    b.setAttribute("aria-label", _("Person {n} is the athlete", { n: number }));
    b.setAttribute("aria-pressed", String(number === data.chosen));
    Object.assign(b.style, { left: `${100 * left}%`, top: `${100 * top}%`, width: `${100 * width}%`, height: `${100 * height}%` });
    b.onclick = () => setTriggerValue("person", number);
    return b;
  });
  root.replaceChildren(image, ...buttons);
}
