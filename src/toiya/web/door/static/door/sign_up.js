// The wizard of signing up: bullets become ticks, Next wakes when all is good, files are looked at before they go.
const form = document.getElementById("wizard");
const next = document.getElementById("next");
const still = document.getElementById("still");
const special = /[\p{P}\p{S}\p{Z}]/u;
const partTests = {
  length: (text, line) => [...text].length >= Number(line.dataset.length || 8),
  upper: (text) => /[A-Z]/.test(text),
  lower: (text) => /[a-z]/.test(text),
  digit: (text) => /[0-9]/.test(text),
  special: (text) => special.test(text),
};
const parts = [...document.querySelectorAll("[data-part]")];
const digits = (text) => text.normalize("NFKC").replace(/[^\d]/g, "");
const verdictOf = (look) => document.querySelector(`#live-${look} [data-verdict]`)?.dataset.verdict;
const password = () => form.querySelector("[name=password]");
const good = {
  email: (field) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(field.value.normalize("NFKC").trim()) && verdictOf("email") !== "stop",
  password: (field) => (isKept(field) && field.value === "") || parts.every((line) => partTests[line.dataset.part](field.value, line)),
  same: (field) => field.value === password().value && (field.value !== "" || isKept(password())),
  phone: (field) => digits(field.value).length >= 7 && digits(field.value).length <= 15 && verdictOf("phone") !== "stop",
  latin: (field) => { const letters = field.value.normalize("NFKC").match(/\p{L}/gu) || []; return letters.length > 0 && letters.every((letter) => /\p{Script=Latin}/u.test(letter)); },
  text: (field) => field.value.trim() !== "",
  whole: (field) => /^\d+$/.test(field.value.normalize("NFKC").replaceAll(",", "").trim()),
  number: (field) => verdictOf("registration_number") !== "stop" && (field.value.trim() !== "" || Boolean(form.querySelector("[name=is_sole_trader]")?.checked)),
  papers: (field) => field.dataset.has === "yes" || field.files.length > 0,
  tick: (field) => [...form.querySelectorAll(`[name="${field.name}"]`)].some((each) => each.checked),
};

function isKept(field) { return form.dataset.password === "kept" && field.name === "password"; }
const controls = () => [...form.querySelectorAll("[data-good]")];
const blockOf = (field) => field.closest(".field");
const markOf = (field) => blockOf(field)?.querySelector(".must");
const nameOf = (field) => (blockOf(field)?.querySelector("label, legend")?.textContent || field.name).replace(/^[^\S]*•/, "").trim();

function judge() {
  const missing = new Map();
  for (const field of controls()) {
    const mark = markOf(field);
    if (!mark) continue;
    const isGood = good[field.dataset.good](field);
    mark.classList.toggle("valid", isGood);
    mark.querySelector(".vh").textContent = `${isGood ? mark.dataset.filled : mark.dataset.required} `;
    if (!isGood) missing.set(field.name, field);
  }
  showParts();
  return [...missing.values()];
}

function showParts() {
  const typed = password()?.value ?? "";
  for (const line of parts) {
    const isMet = typed !== "" && partTests[line.dataset.part](typed, line);
    line.classList.toggle("met", isMet);
    const words = line.querySelector("[data-met]");
    words.textContent = isMet ? words.dataset.met : "";
  }
}

// The button only looks asleep: pressing it leads to the first gap, so that nobody wonders.
let saidLast = "";
function refresh() {
  const missing = judge();
  next.classList.toggle("asleep", missing.length > 0);
  next.setAttribute("aria-describedby", "still");
  const words = missing.length ? `${form.dataset.left} ${missing.map(labelOf).join(", ")}` : form.dataset.all;
  if (words !== saidLast) { still.textContent = words; saidLast = words; }
  return missing;
}
function labelOf(field) {
  const label = blockOf(field).querySelector("label, legend").cloneNode(true);
  label.querySelectorAll(".must, .optional, input").forEach((each) => each.remove());
  return label.textContent.trim();
}

function compare() {
  const again = form.querySelector("[name=password_again]");
  if (!again || again.value === "" || again.value === password().value) { mend(again); return; }
  if (document.getElementById(`${again.id}-e`)) return;
  const line = Object.assign(document.createElement("p"), { className: "error", id: `${again.id}-e`, textContent: again.dataset.complaint });
  again.closest(".control").before(line);
  again.setAttribute("aria-invalid", "true");
  again.setAttribute("aria-describedby", line.id);
}
function mend(field) {
  if (!field) return;
  document.getElementById(`${field.id}-e`)?.remove();
  field.removeAttribute("aria-invalid");
}

if (form && next) {
  refresh();
  form.addEventListener("input", (event) => {
    const look = event.target.name;
    if (event.target.matches("[hx-post], [name=email]")) document.getElementById(`live-${look}`)?.replaceChildren();
    refresh();
    if (document.querySelector("[name=password_again][aria-invalid]")) compare();
  });
  form.addEventListener("change", refresh);
  form.addEventListener("papers", refresh);
  form.addEventListener("focusout", (event) => { if (event.target.name === "password_again") compare(); });
  document.addEventListener("htmx:afterSettle", refresh);
  // Next leads to the first gap; every other button goes as it is.
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "next") return;
    const [first] = refresh();
    if (!first) return;
    event.preventDefault();
    first.focus();
  }, true);
  // A step's link keeps what was typed.
  document.querySelector(".steps")?.addEventListener("click", (event) => {
    const step = event.target.closest("a")?.dataset.step;
    const back = step && form.querySelector("[name=go]");
    if (!step) return;
    event.preventDefault();
    const going = Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: step });
    form.append(going);
    back?.removeAttribute("name");
    form.submit();
  });
}
