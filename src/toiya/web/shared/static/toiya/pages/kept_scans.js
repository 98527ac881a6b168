// Without a connection: what was scanned and where the walk goes on. Back again: every kept scan that was refused.
const byId = (id) => document.getElementById(id);

document.addEventListener("line", ({ detail }) => {
  const ahead = byId("ahead");
  if (!ahead) return;
  ahead.hidden = !detail.isOff || !(detail.codes.length || ahead.querySelector("li"));
  ahead.querySelector("[data-codes]").textContent = detail.codes.join(" · ");
});

document.addEventListener("answered", ({ detail }) => {
  const dialog = byId("refused");
  if (!dialog || detail.tone !== "stop" || !detail.entry.isKept) return;
  const row = document.createElement("li");
  const code = document.createElement("b");
  code.textContent = detail.entry.fields.scan ?? detail.entry.fields.number ?? "";
  const words = document.createElement("span");
  words.textContent = detail.words.trim();
  row.append(code, " ", words);
  dialog.querySelector("ol").append(row);
  if (!dialog.open) dialog.showModal();
});

byId("refused")?.addEventListener("close", () => byId("refused").querySelector("ol").replaceChildren());
