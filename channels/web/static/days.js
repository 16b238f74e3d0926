// A line between the messages of different days.

import { make } from "./dom.js";

/** Above the first message of each day, and none in a talk that is all of today. */
export function layDays(log, messages) {
  log.querySelectorAll(".day").forEach((line) => line.nextElementSibling?.matches(".message") || line.remove());
  let before = new Date().toDateString();
  for (const message of messages) {
    const at = new Date(message.querySelector("time").dateTime);
    const higher = message.previousElementSibling;
    const line = higher?.matches(".day") ? higher : make("p", { class: "day" });
    if (line.textContent !== inWords(at)) line.textContent = inWords(at); // what stands is not read out again
    const isAnother = at.toDateString() !== before;
    if (!isAnother) line.remove();
    else if (line !== higher) message.before(line);
    before = at.toDateString();
  }
}

/** Where something goes that comes before `element`: above its line too. */
export function above(element) {
  const line = element?.previousElementSibling;
  return line?.matches(".day") ? line : element;
}

function inWords(at) {
  const year = at.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return at.toLocaleDateString("nl-NL", { weekday: "long", day: "numeric", month: "long", year });
}
