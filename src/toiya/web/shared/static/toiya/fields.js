// Praise early, complain late: a tick while typing, a complaint only when a filled field is left.
const digits = (text) => text.normalize("NFKC").replace(/[\s-]/g, "");
function isJan(text) {
  const code = digits(text);
  if (!/^(\d{8}|\d{13})$/.test(code)) return false;
  const sum = [...code].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}
const checks = {
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.normalize("NFKC").trim()),
  phone: (text) => /^\+?\d{9,15}$/.test(digits(text)),
  postcode: (text) => /^\d{7}$/.test(digits(text)),
  whole: (text) => /^\d+$/.test(text.normalize("NFKC").trim().replaceAll(",", "")),
  jan: isJan,
};
const isGood = (field) => checks[field.dataset.check]?.(field.value) ?? field.value !== field.defaultValue;

function complaint(field) { return document.getElementById(`${field.id}-e`); }

function mend(field) {
  complaint(field)?.remove();
  field.removeAttribute("aria-invalid");
}

function complain(field) {
  if (complaint(field) || !field.dataset.complaint) return;
  const line = Object.assign(document.createElement("p"), { className: "error", id: `${field.id}-e`, textContent: field.dataset.complaint });
  field.closest(".control").before(line);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), line.id].filter(Boolean).join(" "));
}

function praise(field, isRight) {
  const control = field.closest(".control");
  const tick = control?.querySelector(".tick");
  if (!isRight) { tick?.remove(); return; }
  if (tick || !control) return;
  control.insertAdjacentHTML("beforeend", '<svg class="icon tick" viewBox="0 0 24 24" fill="none" aria-hidden="true"><use href="#k-done"/></svg>');
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.(".field input, .field select, .field textarea") || event.isComposing) return;
  const isRight = field.value !== "" && isGood(field);
  if (isRight && field.matches("[aria-invalid]")) mend(field);
  if (field.dataset.check) praise(field, isRight);
});
document.addEventListener("focusout", (event) => {
  const field = event.target;
  if (field.matches?.("[data-check]") && field.value !== "" && !isGood(field)) complain(field);
});
