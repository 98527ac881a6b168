// [Done] wakes when what belongs to the choice is there; without this script the server judges alone.
const form = document.querySelector("form.join");
const done = document.getElementById("done");

function isReady() {
  const choice = form.elements.choice.value;
  const agrees = form.elements.agree.checked;
  if (choice === "new") return agrees;
  const named = choice !== "other" || form.elements.login.value.trim() !== "";
  return named && form.elements.password.value !== "" && (agrees || !form.elements.apart.checked);
}

function wake() {
  if (isReady()) done.removeAttribute("aria-disabled");
  else done.setAttribute("aria-disabled", "true");
}

if (form && done) {
  form.addEventListener("input", wake);
  form.addEventListener("change", wake);
  addEventListener("pageshow", wake);
  wake();
}
