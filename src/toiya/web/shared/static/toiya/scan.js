// Scans of a keyboard wedge: collected on the document, sent one by one in order, none dropped, none doubled.
import { play } from "./tone.js";
import { forget, keep, kept } from "./pages/kept.js";

const silence = 50; // ms after which an unended code is over
const patientSilence = 400; // ms, for a scanner that ends its codes with a key: a stall splits none
const burst = 35; // ms between keys of a scanner
const slow = 400;
const patience = 3000;
const keepFor = 600000; // ms; each is judged anew when it is sent
const byId = (id) => document.getElementById(id);
const codes = { Minus: "-", NumpadSubtract: "-", Slash: "/", Period: ".", Space: " " };

const queue = [];
let isSending = false;
let buffer = "";
let fast = 0;
let lastKey = 0;
let timer = null;
let isByCode = false;
let isOff = false;
let hasSuffix = remembered();

// Kept on the device; without storage it is learned anew on each page.
function remembered() { try { return Boolean(localStorage.suffix); } catch { return false; } }
function remember() { try { localStorage.suffix = 1; } catch { /* see above */ } }

const freshId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const field = () => byId("scan");
const form = () => field()?.form;
const hasDialog = () => Boolean(document.querySelector("dialog[open]"));
const isOtherField = (target) => target !== field() && Boolean(target.closest?.("input:not([type=checkbox],[type=radio]),textarea,select"));

function ready() {
  if (field() && !hasDialog() && !isOtherField(document.activeElement)) field().focus({ preventScroll: true });
}

/* collecting */
function show() { if (field()) field().value = buffer; }

function add(sign) {
  const now = performance.now();
  fast += !buffer || now - lastKey < burst;
  lastKey = now;
  buffer += sign;
  clearTimeout(timer);
  const isClean = fast >= buffer.length; // a code that stuttered once gets more time to end
  if (fast > 3) timer = setTimeout(commit, hasSuffix || !isClean ? patientSilence : silence);
}

function commit() {
  clearTimeout(timer);
  const scan = buffer.normalize("NFKC").trim();
  buffer = "";
  fast = 0;
  if (isByCode && field()) { field().blur(); }
  isByCode = false;
  show();
  ready();
  if (scan && form()) enqueue({ scan }, form());
}

function physical(event) {
  const code = event.code ?? "";
  if (/^Key[A-Z]$/.test(code)) return code.slice(3);
  if (/^(Digit|Numpad)\d$/.test(code)) return code.at(-1);
  return codes[code] ?? "";
}

document.addEventListener("keydown", (event) => {
  if (hasDialog() || isOtherField(event.target)) return;
  const isSwallowed = event.isComposing || event.keyCode === 229;
  if (isSwallowed) {
    const sign = physical(event);
    if (sign) { isByCode = true; add(sign); byId("ime")?.removeAttribute("hidden"); }
    else if (event.code === "Enter" && buffer) commit();
    return;
  }
  if (event.key === "Enter" || event.key === "Tab") {
    if (fast > 3 && !hasSuffix) { hasSuffix = true; remember(); }
    if (buffer || (event.key === "Enter" && event.target === field())) { event.preventDefault(); commit(); }
    return;
  }
  if (event.key === "Backspace" && buffer) { buffer = buffer.slice(0, -1); fast = 0; event.preventDefault(); show(); return; }
  if (event.key.length !== 1 || (event.key === " " && !buffer) || (event.ctrlKey && event.key === "r")) return;
  event.preventDefault();
  add(event.key);
  show();
}, true);

// Typed through an input method: no readable keys, only the field's new value.
document.addEventListener("input", (event) => {
  if (event.target !== field() || isByCode) return;
  const value = field().value;
  const isEnded = /[\n\t]/.test(value) || event.inputType === "insertLineBreak";
  const added = value.startsWith(buffer) ? value.slice(buffer.length) : value;
  if (!value.startsWith(buffer)) buffer = "";
  for (const sign of added) add(sign);
  if (isEnded) commit();
});

/* sending */
function enqueue(fields, from) {
  const step = from.elements.step?.value ?? "";
  const entry = { id: freshId(), at: Date.now(), url: from.action, step, fields, isKept: isOff };
  queue.push(entry);
  keep(entry);
  if (isOff) offline(true);
  send();
}

function body(entry) {
  const here = form() ?? document.querySelector("#step form[method=post]");
  const values = new URLSearchParams(entry.fields);
  values.set("scan_id", entry.id);
  values.set("scanned_at", new Date(entry.at).toISOString());
  values.set("seen_step", entry.step);
  // Scanned while an answer was under way: belongs to the step that answer brought.
  values.set("step", (entry.fields.scan && here?.elements.step?.value) || entry.step);
  return { values, url: (entry.fields.scan && form()?.action) || entry.url };
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

async function ask(entry) {
  const { values, url } = body(entry);
  const headers = { "X-Toiya-Floor": "1", "X-CSRFToken": token() };
  const answer = await fetch(url, { method: "POST", headers, body: values, signal: AbortSignal.timeout(patience) });
  if (answer.status >= 500) throw new Error(String(answer.status));
  return { answer, text: await answer.text() };
}

async function send() {
  if (isSending || !queue.length) return;
  isSending = true;
  const entry = queue[0];
  const waiting = setTimeout(() => document.body.classList.add("busy"), slow);
  try {
    const { answer, text } = await ask(entry);
    queue.shift();
    forget(entry.id);
    offline(false);
    receive(answer, text);
    tell("answered", { entry, ...said() });
  } catch (error) {
    for (const each of queue) each.isKept = true;
    offline(true);
    if (Date.now() - entry.at > keepFor) giveUp();
    else await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  clearTimeout(waiting);
  document.body.classList.remove("busy");
  isSending = false;
  send();
}

function giveUp() {
  for (const entry of queue.splice(0)) forget(entry.id);
  byId("lost")?.removeAttribute("hidden");
  play("stop");
}

// Pages listen to what becomes of scans: `line` while there is no connection and after, `answered` for each.
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const said = () => ({ tone: byId("step")?.dataset.tone ?? "", words: byId("step")?.querySelector("[data-said], .what, h1")?.textContent ?? "" });

function offline(isDown) {
  isOff = isDown;
  const banner = byId("offline");
  if (!banner) return;
  banner.hidden = !isDown;
  tell("line", { isOff, codes: queue.map((entry) => entry.fields.scan ?? entry.fields.number ?? entry.fields.ask ?? "") });
  const words = banner.querySelector("[data-kept]");
  if (words) words.textContent = words.dataset.kept.replace("{n}", queue.length);
}

/* answers */
export function receive(answer, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("step");
  if (!fresh) { location.assign(answer.redirected ? answer.url : location.href); return; }
  if (answer.redirected && !answer.headers.has("X-Toiya-Floor")) history.replaceState(null, "", answer.url);
  byId("lost")?.setAttribute("hidden", "");
  byId("step").replaceWith(document.importNode(fresh, true));
  for (const part of page.querySelectorAll("[data-swap][id]")) byId(part.id)?.replaceWith(document.importNode(part, true));
  play(fresh.dataset.tone);
  const loud = ["stop", "call"].includes(fresh.dataset.tone);
  byId(loud ? "alarm" : "say").textContent = said().words;
  if (buffer) show();
  ready();
  tell("step", fresh.dataset);
}

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (!sent.closest("#step") || sent.method !== "post" || "page" in sent.dataset) return;
  event.preventDefault();
  if (sent === form() && !event.submitter) { buffer ||= field().value; commit(); return; }
  const values = Object.fromEntries(new FormData(sent, event.submitter));
  delete values.csrfmiddlewaretoken;
  if (!values.scan) delete values.scan;
  enqueue(values, { action: event.submitter?.formAction || sent.action, elements: sent.elements });
});

document.addEventListener("click", (event) => {
  const key = event.target.closest?.("[data-digit]");
  const target = key && document.querySelector("[data-count]");
  if (!target) return;
  target.value = key.dataset.digit === "back" ? target.value.slice(0, -1) : (target.value + key.dataset.digit).slice(0, 6);
});

document.addEventListener("focusout", () => setTimeout(ready, 300));
addEventListener("online", send);
addEventListener("pageshow", async () => {
  ready();
  for (const entry of await kept(keepFor)) if (!queue.some((other) => other.id === entry.id)) queue.push({ ...entry, isKept: true });
  send();
});
