// A form that is answered by a passkey: asks the server what to sign, lets the browser sign it, and posts the answer.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const listed = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

function readable({ publicKey: asked }) {
  const options = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) options.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) options.excludeCredentials = listed(asked.excludeCredentials);
  if (asked.allowCredentials) options.allowCredentials = listed(asked.allowCredentials);
  return options;
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} });
}

async function answer(form) {
  const asked = await fetch(form.dataset.options, { method: "POST", headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
  if (!asked.ok) throw new Error("no options");
  const publicKey = readable(await asked.json());
  return form.dataset.passkey === "create" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
}

const forms = window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : [];
for (const form of forms) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const field = form.elements.credential;
    if (field.value) return;
    event.preventDefault();
    const words = form.querySelector("[data-failed]");
    words.hidden = true;
    try {
      field.value = told(await answer(form));
      form.requestSubmit();
    } catch {
      words.hidden = false;
      for (const button of form.querySelectorAll(".button")) { button.removeAttribute("aria-disabled"); button.removeAttribute("aria-busy"); }
    }
  });
}
