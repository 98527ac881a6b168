// The five sounds of the floor, the buzz, and the gesture that allows them.
const attack = 0.008;
const release = 0.03;
// [frequency Hz, start ms, length ms]; wave; buzz ms
const tones = {
  ok: { notes: [[1568, 0, 80]], buzz: [40] },
  done: { notes: [[1175, 0, 70], [1568, 70, 70], [2093, 140, 70]], buzz: [40, 40, 40] },
  warn: { notes: [[880, 0, 120], [880, 200, 120]], buzz: [80, 60, 80] },
  stop: { notes: [[392, 0, 180], [392, 240, 180], [392, 480, 180]], wave: "sawtooth", buzz: [200, 80, 200, 80, 200] },
  call: { notes: [[988, 0, 150], [740, 150, 150], [988, 300, 150], [740, 450, 150]], buzz: [300, 100, 300] },
};
let audio = null;
let lock = null;
const device = document.documentElement.dataset;
export const played = [];

function loudness() {
  if (device.sound === "off") return 0;
  return (device.station === "desk" ? 0.5 : 0.9) * Number(device.volume ?? 1);
}

export function play(name) {
  const tone = tones[name];
  if (!tone) return;
  played.push(name);
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(tone.buzz);
  if (audio?.state !== "running" || !loudness()) return;
  for (const [frequency, at, length] of tone.notes) {
    const start = audio.currentTime + at / 1000;
    const end = start + length / 1000;
    const source = new OscillatorNode(audio, { type: tone.wave ?? "triangle", frequency });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loudness(), start + attack);
    gain.gain.setValueAtTime(loudness(), end - release);
    gain.gain.linearRampToValueAtTime(0, end);
    source.connect(gain).connect(audio.destination);
    source.start(start);
    source.stop(end);
  }
}

function show() {
  const isOn = audio?.state === "running" && loudness() > 0;
  for (const each of document.querySelectorAll("[data-speaker]")) each.hidden = (each.dataset.speaker === "on") !== isOn;
}

export async function start() {
  audio ??= new AudioContext();
  await audio.resume().catch(() => {});
  lock = await navigator.wakeLock?.request("screen").catch(() => null);
  show();
}

for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, () => { if (audio?.state !== "running") start(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && lock) start(); });
document.addEventListener("click", (event) => {
  const test = event.target.closest?.("[data-test-tone]");
  if (test) start().then(() => play(test.dataset.testTone));
});
show();
