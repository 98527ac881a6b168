// Only on pages that take papers: kind and size are told at once, pictures that are too large are made smaller.
const megabytes = (bytes) => (Math.ceil(bytes / 104857.6) / 10).toFixed(1);
const filled = (words, values) => words.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

async function shrunk(file, most) {
  const picture = await createImageBitmap(file);
  for (const longest of [3200, 2400, 1800, 1200]) {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
    if (blob && blob.size <= most) return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }
  return null;
}

async function looked(file, field, lines) {
  const most = Number(field.dataset.papers);
  const isPicture = /^image\/(jpeg|png)$/.test(file.type);
  if (!isPicture && file.type !== "application/pdf") { lines.push(["stop", filled(field.dataset.otherKind, { name: file.name })]); return null; }
  if (file.size <= most) return file;
  const smaller = isPicture ? await shrunk(file, most).catch(() => null) : null;
  if (!smaller) { lines.push(["stop", filled(field.dataset.tooLarge, { name: file.name })]); return null; }
  lines.push(["done", filled(field.dataset.shrunk, { name: file.name, before: megabytes(file.size), after: megabytes(smaller.size) })]);
  return smaller;
}

async function lookAtFiles(field) {
  const lines = [];
  const box = new DataTransfer();
  for (const file of [...field.files]) {
    const taken = await looked(file, field, lines);
    if (taken) box.items.add(taken);
  }
  field.files = box.files;
  const place = document.getElementById(`live-${field.name}`);
  place.replaceChildren(...lines.map(([kind, text]) => Object.assign(document.createElement("p"), { className: `live-line ${kind}`, textContent: text })));
  document.getElementById(`${field.id}-e`)?.remove();
  field.dispatchEvent(new Event("papers", { bubbles: true }));
}

document.addEventListener("change", (event) => { if (event.target.matches?.("[data-papers]")) lookAtFiles(event.target); });
