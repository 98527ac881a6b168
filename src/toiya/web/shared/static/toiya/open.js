// Menus and dialogs open beside what opened them; buttons work once; unsaved words are not lost.
function put(menu, opener) {
  const from = opener.getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  const fitsBelow = from.bottom + 4 + box.height <= innerHeight;
  const top = fitsBelow ? from.bottom + 4 : Math.max(from.top - box.height - 4, 8);
  menu.style.top = `${Math.min(top, Math.max(innerHeight - box.height - 8, 8))}px`;
  menu.style.left = `${Math.max(8, Math.min(from.left, innerWidth - box.width - 8))}px`;
}

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.(".menu")) return;
  const openers = [...document.querySelectorAll(`[popovertarget="${menu.id}"]`)];
  for (const opener of openers) opener.setAttribute("aria-expanded", String(event.newState === "open"));
  const opener = openers.find((each) => each.checkVisibility?.() ?? true);
  if (event.newState === "open" && opener) { put(menu, opener); menu.querySelector("a,button")?.focus(); }
}, true);

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const menu = event.target.closest?.(".menu");
  if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll("a,button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  items.at(next % items.length)?.focus();
});

const hasTyped = (dialog) => [...dialog.querySelectorAll("input,textarea")].some((field) => field.value !== field.defaultValue);

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open]");
  const dialog = opener && document.querySelector(opener.dataset.open);
  if (dialog) { event.preventDefault(); opener.closest("[popover]")?.hidePopover(); dialog.showModal(); return; }
  if (event.target.closest?.("[data-close]")) { event.preventDefault(); event.target.closest("dialog")?.close(); return; }
  if (event.target.matches?.("dialog") && !hasTyped(event.target)) {
    const box = event.target.getBoundingClientRect();
    if (event.clientY < box.top || event.clientY > box.bottom || event.clientX < box.left || event.clientX > box.right) event.target.close();
    return;
  }
  const off = event.target.closest?.("[aria-disabled=true]");
  if (off) { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);

const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-unsaved]")) { changed.add(form); form.querySelector(".unsaved")?.removeAttribute("hidden"); }
});
addEventListener("beforeunload", (event) => { if ([...changed].some((form) => form.isConnected)) event.preventDefault(); });

document.addEventListener("submit", (event) => {
  changed.delete(event.target);
  const button = event.submitter;
  if (event.defaultPrevented || event.target.method !== "post" || !button?.matches(".button")) return;
  setTimeout(() => { button.setAttribute("aria-disabled", "true"); button.setAttribute("aria-busy", "true"); });
});
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const each of document.querySelectorAll(".button[aria-busy]")) { each.removeAttribute("aria-busy"); each.removeAttribute("aria-disabled"); }
});
