// The grid of an item's SKUs: arrows move, Enter or F2 edits, Esc reverts; each cell saves alone with its row's version.
const form = document.getElementById("cells");
const grid = form?.querySelector("[data-grid]");
const said = document.getElementById("grid-said");
const cells = () => [...grid.querySelectorAll("tbody input:not([type=hidden])")];
const columns = 3;
let queue = Promise.resolve();
let saving = 0;

const row = (cell) => cell.closest("tr");
const version = (cell) => row(cell).querySelector("input[type=hidden]");
const at = (cell, down, right) => {
  const all = cells();
  const place = all.indexOf(cell);
  const column = (place % columns) + right;
  return column < 0 || column >= columns ? undefined : all[place + down * columns + right];
};

function rest(cell) { cell.readOnly = true; }
function edit(cell) { cell.readOnly = false; cell.select(); }
function go(cell) {
  if (!cell) return;
  cells().forEach((each) => { each.tabIndex = each === cell ? 0 : -1; });
  cell.focus();
}
function mark(cell, isWrong) { cell.setAttribute("aria-invalid", String(isWrong)); row(cell).classList.toggle("bad", isWrong); }

function ask(cell, answer) {
  const box = Object.assign(document.createElement("div"), { className: "note wait conflict" });
  const words = Object.assign(document.createElement("p"), { textContent: answer.message });
  const button = (text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text });
    made.addEventListener("click", () => { box.remove(); version(cell).value = answer.version; act(); cell.focus(); });
    return made;
  };
  box.append(words,
    button(`${form.dataset.mine}: ${answer.mine}`, () => { cell.value = answer.mine; save(cell); }),
    button(`${form.dataset.theirs}: ${answer.theirs}`, () => { cell.value = cell.defaultValue = answer.theirs; mark(cell, false); }));
  cell.parentElement.querySelector(".conflict")?.remove();
  cell.parentElement.append(box);
  box.querySelector("button").focus();
}

async function send(cell) {
  const [field, sku] = cell.name.split(":");
  const body = new URLSearchParams({ field, sku, value: cell.value, version: version(cell).value });
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const response = await fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!answer) { mark(cell, true); said.textContent = form.dataset.failed; return; }
  said.textContent = answer.said || answer.message;
  mark(cell, !response.ok);
  if (response.ok) {
    version(cell).value = answer.version;
    cell.value = cell.defaultValue = answer.value;
    row(cell).querySelector("[data-price]").textContent = answer.price;
    said.textContent = `✓ ${cell.getAttribute("aria-label")}: ${answer.said}`;
    setTimeout(() => { said.textContent = ""; }, 2000);
  } else if ("theirs" in answer) ask(cell, answer);
}

function save(cell) {
  saving += 1;
  queue = queue.then(() => (cell.value === cell.defaultValue ? mark(cell, false) : send(cell))).finally(() => { saving -= 1; });
  return queue;
}

function fill(cell, text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  lines.forEach((line, down) => line.forEach((value, right) => {
    const target = at(cell, down, right);
    if (!target) return;
    target.value = value.trim().slice(0, target.maxLength);
    rest(target);
    save(target);
  }));
}

const MOVES = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function onKey(event) {
  if (event.isComposing || event.keyCode === 229) return;
  const cell = event.target;
  if (!cell.matches?.("input:not([type=hidden])")) return;
  const isEditing = !cell.readOnly;
  if (event.key === "Enter") {
    event.preventDefault();
    if (!isEditing) { edit(cell); return; }
    rest(cell);
    const below = at(cell, 1, 0);
    if (below) go(below); else save(cell); // a cell that is left saves itself
  } else if (event.key === "F2") { event.preventDefault(); edit(cell); }
  else if (event.key === "Escape") { cell.value = cell.defaultValue; mark(cell, false); rest(cell); }
  else if (event.key === "Tab" && !event.shiftKey && at(cell, 0, 1)) { event.preventDefault(); rest(cell); go(at(cell, 0, 1)); }
  else if (MOVES[event.key] && (!isEditing || MOVES[event.key][0])) { event.preventDefault(); rest(cell); go(at(cell, ...MOVES[event.key])); }
  else if (!isEditing && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) edit(cell);
}

if (grid && cells().length) {
  cells().forEach((cell, place) => { rest(cell); cell.tabIndex = place ? -1 : 0; });
  grid.addEventListener("keydown", onKey);
  grid.addEventListener("click", (event) => { if (event.target.matches("input:not([type=hidden])")) { go(event.target); event.target.readOnly = false; } });
  grid.addEventListener("focusout", (event) => {
    const cell = event.target;
    if (!cell.matches("input:not([type=hidden])")) return;
    rest(cell);
    if (cell.value !== cell.defaultValue) save(cell);
  });
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (!event.target.matches("input") || (!/[\n\t]/.test(text) && !event.target.readOnly)) return;
    event.preventDefault();
    fill(event.target, text);
  });
  addEventListener("beforeunload", (event) => { if (saving) event.preventDefault(); });
}
