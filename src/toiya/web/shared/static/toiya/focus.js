// Where focus goes after a swap, what is said aloud, and the search key.
const byId = (id) => document.getElementById(id);
const focusable = "a[href],button:not([disabled]),input:not([type=hidden]),select,textarea,[tabindex]";

export function say(words, loud = false) {
  const region = byId(loud ? "alarm" : "say");
  if (region) { region.textContent = ""; requestAnimationFrame(() => { region.textContent = words; }); }
}

export function isTyping(event) {
  const field = event.target.closest?.("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]");
  return event.isComposing || event.keyCode === 229 || Boolean(field);
}

function wanted(root) {
  const asked = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]");
  return (asked && document.querySelector(asked.dataset.focus)) || root.querySelector?.("[data-autofocus]");
}

let before = null;
document.addEventListener("htmx:beforeSwap", () => {
  const now = document.activeElement;
  const next = now?.closest("tr, li")?.nextElementSibling?.querySelector(focusable);
  before = { id: now?.id, next };
});
document.addEventListener("htmx:afterSettle", (event) => {
  const target = wanted(event.detail.elt);
  if (target) target.focus();
  else if (before && document.activeElement === document.body) {
    (byId(before.id) ?? (before.next?.isConnected ? before.next : byId("main")))?.focus();
  }
});
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && byId("search")) { event.preventDefault(); byId("search").focus(); }
});

document.querySelector("[data-autofocus]")?.focus();
if (document.querySelector("#error-summary")) document.title = `${document.querySelector("#error-summary h2").textContent} · ${document.title}`;
