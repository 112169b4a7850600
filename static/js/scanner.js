// A scanner types what it read and ends with Enter: that goes on to the next control and does not send the form, which
// has no marks yet. Forms work without: what was read comes back and the marks are asked for.
"use strict";

const CONTROLS = "input:not([type=hidden]), select, textarea, button";

function following(field) {
  const all = [...field.form.querySelectorAll(CONTROLS)].filter((c) => !c.disabled && c.tabIndex >= 0 && !c.matches("[data-camera] button"));
  const next = all[all.indexOf(field) + 1];
  // Of a group of radio buttons the tab key stops at the one that is chosen.
  return next?.type === "radio" ? all.find((c) => c.name === next.name && c.checked) ?? next : next;
}

document.addEventListener("keydown", (e) => {
  if (e.key !== "Enter" || e.isComposing || !e.target.matches("[data-scan]")) return;
  e.preventDefault();
  if (e.target.value.trim()) following(e.target)?.focus();
});
