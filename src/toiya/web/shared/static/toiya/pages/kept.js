// Scans outlive a reload: IndexedDB, in the order they were made; without it, memory alone.
const opening = new Promise((resolve) => {
  try {
    const request = indexedDB.open("toiya-floor", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("scans", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  } catch { resolve(null); }
});

async function store(mode) {
  const database = await opening;
  return database?.transaction("scans", mode).objectStore("scans");
}

export async function keep(entry) { (await store("readwrite"))?.put(entry); }
export async function forget(id) { (await store("readwrite"))?.delete(id); }

export async function kept(longest) {
  const scans = await store("readonly");
  if (!scans) return [];
  const all = await new Promise((resolve) => {
    const request = scans.getAll();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve([]);
  });
  for (const old of all.filter((entry) => Date.now() - entry.at > longest)) forget(old.id);
  return all.filter((entry) => Date.now() - entry.at <= longest).sort((one, other) => one.at - other.at);
}
