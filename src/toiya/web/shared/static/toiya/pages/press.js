// Pages whose fields are looked at by the server when one leaves them: the answer may push a button away between press
// and release. The press counts all the same, unless the pointer itself went elsewhere: then it is taken back.
const TREMOR = 12; // points
let press = null;
document.addEventListener("pointerdown", (event) => {
  const button = event.target.closest?.("form button");
  press = button ? { button, x: event.clientX, y: event.clientY } : null;
  if (button) button.setPointerCapture(event.pointerId);
});
document.addEventListener("click", (event) => {
  const begun = press;
  press = null;
  if (!begun || !begun.button.contains(event.target) || event.detail === 0) return;
  const isStill = Math.hypot(event.clientX - begun.x, event.clientY - begun.y) <= TREMOR;
  const place = begun.button.getBoundingClientRect();
  const isInside = event.clientX >= place.left && event.clientX <= place.right && event.clientY >= place.top && event.clientY <= place.bottom;
  if (isStill || isInside) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
