// Toasts leave by themselves unless they must be read; a refusal is also shown beside its control.
import { say } from "./focus.js";

const place = document.getElementById("toasts");

function watch(toast) {
  let left = toast.querySelector("form, a") ? 10000 : 6000;
  let timer = null;
  let since = 0;
  const run = () => { if (!timer && !document.hidden) { since = Date.now(); timer = setTimeout(() => toast.remove(), left); } };
  const rest = () => { clearTimeout(timer); timer = null; left = Math.max(left - (Date.now() - since), 1000); };
  toast.addEventListener("pointerenter", rest);
  toast.addEventListener("pointerleave", run);
  toast.addEventListener("focusin", rest);
  toast.addEventListener("focusout", run);
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : run()));
  run();
}

function tend() {
  for (const toast of place.querySelectorAll(".toast:not([data-tended])")) {
    toast.dataset.tended = "";
    if (!("stays" in toast.dataset)) watch(toast);
  }
  const passing = place.querySelectorAll(".toast:not([data-stays])");
  for (let index = 0; index < passing.length - 3; index++) passing[index].remove();
}

function beside(control, words) {
  const id = `${control.id || "control"}-refused`;
  document.getElementById(id)?.remove();
  const line = Object.assign(document.createElement("p"), { className: "error", id, textContent: words });
  control.after(line);
}

if (place) {
  new MutationObserver(tend).observe(place, { childList: true });
  tend();
  document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast")?.remove());
}
document.addEventListener("refused", (event) => beside(event.target, event.detail.message));
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const words = document.getElementById("say").dataset.silent;
    beside(event.detail.elt, words);
    say(words, true);
  });
}
