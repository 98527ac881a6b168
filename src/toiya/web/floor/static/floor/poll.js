// A step that waits for the house (a label being made) asks for itself until it is another step.
import { receive } from "../toiya/scan.js";

const pause = 1000; // ms
let timer = null;

function waiting() {
  const step = document.getElementById("step");
  return step?.dataset.waits ? step : null;
}

async function look() {
  const step = waiting();
  if (!step) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Toiya-Floor": "1" }, signal: AbortSignal.timeout(5000) });
    const text = await answer.text();
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("step");
    if (waiting() === step && fresh && fresh.dataset.waits !== step.dataset.waits) { receive(answer, text); return; }
  } catch { /* no connection: the next look tells */ }
  again();
}

function again() {
  clearTimeout(timer);
  if (waiting()) timer = setTimeout(look, pause);
}

document.addEventListener("step", again);
again();
