// Rows open on a click and by keys; boxes tick in ranges; the bulk bar counts.
import { isTyping, say } from "./focus.js";

const boxes = (form) => [...form.querySelectorAll("[name=selected]")];
let last = null;

function count(form) {
  const all = boxes(form);
  const ticked = all.filter((box) => box.checked).length;
  const head = form.querySelector("[data-select-all]");
  if (head) { head.checked = ticked > 0 && ticked === all.length; head.indeterminate = ticked > 0 && ticked < all.length; }
  const words = form.querySelector("[data-bulk-count]");
  if (words) words.textContent = words.dataset.bulkCount.replace("{n}", ticked);
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (box.matches?.("[name=selected]")) {
    const all = boxes(box.form);
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const each of all.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
    return;
  }
  const row = box.closest?.("tr[data-href]");
  if (!row || event.target.closest("a,button,input,label,select,summary") || String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.matches("[data-select-all]")) for (const box of boxes(form)) box.checked = event.target.checked;
  if (event.target.matches("[data-select-all],[name=selected]")) count(form);
});
document.addEventListener("reset", (event) => {
  if (event.target.querySelector("[name=selected]")) setTimeout(() => { count(event.target); say(document.getElementById("say").dataset.cleared); });
});

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const way = { "[": "prev", "]": "next" }[event.key];
  if (way) { document.querySelector(`.pager [rel=${way}]`)?.click(); return; }
  const row = event.target.closest?.(".table tbody tr");
  if (!row || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
  const place = [...row.querySelectorAll("a,input,button")].indexOf(event.target);
  const stops = next?.querySelectorAll("a,input,button");
  if (stops?.length) { event.preventDefault(); (stops[place] ?? stops[0]).focus(); }
});
for (const form of document.forms) if (form.querySelector("[name=selected]")) count(form);
