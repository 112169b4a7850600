// Papers while they are marked: what can still be chosen, the money left, places that move. Forms work without.
"use strict";

const yuan = (fen) => (fen / 100).toLocaleString("en-US", { minimumFractionDigits: fen % 100 ? 2 : 0 });
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const BLANK = "[type=checkbox][value=blank], [type=checkbox][value=abstain]";
const ticked = (paper) => [...paper.querySelectorAll("[type=checkbox]:checked")].filter((box) => !box.matches(BLANK));
const places = (paper) => [...paper.querySelectorAll("select[name^=rank-]")];

function say(paper, words, over) {
  const line = paper.querySelector("[data-said]");
  if (!line) return;
  line.textContent = words;
  if (over) line.dataset.tone = "danger"; else delete line.dataset.tone;
}

const SAY = {
  several(paper) {
    const { most, more, full, over } = paper.dataset;
    const chosen = ticked(paper).length;
    const n = Number(most) - chosen;
    say(paper, n > 0 ? fill(more, { n, chosen, most }) : n ? fill(over, { n: -n }) : fill(full, { n: most, most }), n < 0);
  },
  budget(paper) {
    const chosen = ticked(paper);
    const spent = chosen.reduce((sum, box) => sum + Number(box.dataset.cost), 0);
    const left = Number(paper.dataset.sum) - spent;
    const words = left < 0 ? paper.dataset.over : paper.dataset.left;
    say(paper, fill(words, { n: chosen.length, left: yuan(Math.abs(left)) }), left < 0);
  },
  ranking(paper) {
    const ranked = places(paper).filter((s) => s.value).sort((a, b) => a.value - b.value);
    const titles = ranked.map((s) => s.closest("[data-title]").dataset.title);
    say(paper, paper.dataset.order + (titles.join(" → ") || paper.dataset.none));
  },
};

// 弃权 stands alone: choosing it clears the rest, choosing anything else takes it back.
function keepBlankAlone(paper, changed) {
  const blank = paper.querySelector(BLANK);
  if (!blank || !blank.checked) return;
  if (changed !== blank) {
    if (changed.value && (changed.checked || changed.tagName === "SELECT")) blank.checked = false;
    return;
  }
  for (const box of paper.querySelectorAll("[type=checkbox]:checked")) if (box !== blank) box.checked = false;
  for (const none of paper.querySelectorAll("[type=radio][value='']")) none.checked = true;
  for (const place of places(paper)) place.value = "";
}

// Two options never share a place: whoever had it gets the one that became free; if none did, the next that is.
const held = new WeakMap();
function remember(paper) { for (const s of places(paper)) held.set(s, s.value); }
function makeRoom(paper, changed) {
  const other = changed.value && places(paper).find((s) => s !== changed && s.value === changed.value);
  if (!other) return;
  const taken = new Set(places(paper).map((s) => s.value));
  const all = [...changed.options].map((o) => o.value).filter(Boolean);
  const behind = all.slice(all.indexOf(changed.value));
  other.value = held.get(changed) || [...behind, ...all].find((place) => !taken.has(place));
}

// Up: a place further to the front, or the first that is free. Down: further to the back, at last out of the order.
function move(paper, select, step) {
  const ranked = places(paper).filter((s) => s.value && s !== select).sort((a, b) => a.value - b.value);
  const at = select.value ? ranked.filter((s) => Number(s.value) < Number(select.value)).length : ranked.length + 1;
  const to = at + step;
  if (to < 0) return;
  if (to <= ranked.length) ranked.splice(to, 0, select);
  for (const s of places(paper)) s.value = "";
  ranked.forEach((s, n) => { s.value = String(n + 1); });
  const blank = paper.querySelector("[data-blank]");
  if (blank && ranked.length) blank.checked = false;
}

function show(paper) {
  remember(paper);
  SAY[paper.dataset.paper]?.(paper);
}

document.addEventListener("change", (e) => {
  const paper = e.target.closest("[data-paper]");
  if (!paper) return;
  if (e.target.matches("select[name^=rank-]")) makeRoom(paper, e.target);
  keepBlankAlone(paper, e.target);
  show(paper);
});
document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-move]");
  if (!button) return;
  const paper = button.closest("[data-paper]");
  move(paper, button.closest("[data-title]").querySelector("select"), Number(button.dataset.move));
  show(paper);
});

function showAll() { for (const paper of document.querySelectorAll("[data-paper]")) show(paper); }
document.addEventListener("htmx:after:swap", showAll);
window.addEventListener("pageshow", showAll);
