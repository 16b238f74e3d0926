// Speaking instead of typing, where the browser can. Off until she presses, and she is told first who may hear it.

import { drawings, icon, make } from "./dom.js";

const Ear = window.SpeechRecognition || window.webkitSpeechRecognition;

/** A button that listens, or null where there is nothing to listen with. `agreed()` resolves to her yes or no;
 * `heard(text)` gets what was understood; `told(text)` what went wrong. */
export function voiceButton(agreed, heard, told) {
  if (!Ear) return null;
  const { words } = given;
  let ear = null;
  const button = make("button", { type: "button", class: "voice", "aria-pressed": "false", "aria-label": words.voice, title: words.voice }, icon(drawings.voice));
  const listening = (on) => {
    button.setAttribute("aria-pressed", String(on));
    told(on ? words.voice_listening : "");
  };
  const start = () => {
    ear = new Ear();
    ear.lang = "nl-NL";
    ear.continuous = true;
    ear.onresult = (event) => {
      const fresh = Array.from(event.results).slice(event.resultIndex).filter((result) => result.isFinal);
      fresh.forEach((result) => heard(result[0].transcript.trim()));
    };
    let failed = false;
    ear.onerror = ({ error }) => (failed = error !== "no-speech" && error !== "aborted");
    ear.onend = () => {
      ear = null;
      listening(false);
      if (failed) told(words.voice_failed);
    };
    ear.start();
    listening(true);
  };
  button.addEventListener("click", async () => {
    if (ear) ear.stop();
    else if (await agreed()) start();
  });
  return button;
}
