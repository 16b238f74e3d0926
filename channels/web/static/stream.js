// Server-sent events over fetch: it can carry a pass, and it notices a line that fell silent. EventSource does neither.

const SILENCE = 45000; // three times what the server leaves between two signs of life

/** Read events until the stream ends or `stop` aborts; `heard({event, data})` for each. Rejects when the line breaks. */
export async function readEvents(response, stop, heard) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let watch;
  const broken = () => stop.abort();
  try {
    for (;;) {
      clearTimeout(watch);
      watch = setTimeout(broken, SILENCE);
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + value).split(/\r?\n\r?\n/);
      rest = parts.pop();
      for (const part of parts) heard(eventOf(part));
    }
  } finally {
    clearTimeout(watch);
    reader.cancel().catch(() => {});
  }
}

function eventOf(part) {
  const found = { event: "", data: "" };
  for (const line of part.split(/\r?\n/)) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) || [];
    if (name in found) found[name] += value;
  }
  return found;
}
