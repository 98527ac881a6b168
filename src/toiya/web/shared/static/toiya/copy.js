// A code goes to the clipboard and the reader hears that it did.
import { say } from "./focus.js";

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await copy(button.dataset.copy);
  const use = button.querySelector("svg");
  const kept = use.innerHTML;
  use.innerHTML = '<use href="#k-done"/>';
  button.classList.add("did");
  say(document.getElementById("say").dataset.copied);
  setTimeout(() => { use.innerHTML = kept; button.classList.remove("did"); }, 2000);
});
