// A short voice note: recorded here, heard again, taken out. The plain file control holds it and is what the form sends;
// without this file, or without a microphone, a recording is chosen there.
"use strict";
(() => {
const MEGABYTE = 1024 * 1024;
const BITS = 32000;
const KINDS = [["audio/webm;codecs=opus", "webm"], ["audio/mp4", "m4a"], ["audio/ogg;codecs=opus", "ogg"]];
let running = null;

const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
const part = (holder, name) => holder.querySelector(`[data-recorder-${name}]`);
const fileOf = (holder) => holder.querySelector("input[type=file]");

function complain(holder, sentence) {
  const error = part(holder, "error");
  error.hidden = !sentence;
  error.querySelector("span").textContent = sentence;
}

function show(holder) {
  const [file] = fileOf(holder).files;
  const audio = holder.querySelector("audio");
  if (audio.src) URL.revokeObjectURL(audio.src);
  audio.hidden = part(holder, "drop").hidden = !file;
  if (file) audio.src = URL.createObjectURL(file);
  else audio.removeAttribute("src");
  part(holder, "said").textContent = file ? holder.dataset.done : "";
}

function take(holder) {
  const input = fileOf(holder);
  const [file] = input.files;
  const tooBig = file && file.size > holder.dataset.megabytes * MEGABYTE;
  complain(holder, tooBig ? holder.dataset.tooBig.replace("{size}", Math.round(file.size / MEGABYTE)) : "");
  if (tooBig) input.value = "";
  show(holder);
}

function hold(holder, file) {
  const box = new DataTransfer();
  box.items.add(file);
  fileOf(holder).files = box.files;
  take(holder);
}

function turn(holder, on) {
  part(holder, "start").hidden = on;
  part(holder, "stop").hidden = !on;
  part(holder, on ? "stop" : "start").focus();
  part(holder, "said").textContent = on ? holder.dataset.going : "";
}

function count(holder, started) {
  const seconds = Math.floor((Date.now() - started) / 1000);
  part(holder, "time").textContent = `${clockOf(seconds)} / ${clockOf(Number(holder.dataset.seconds))}`;
  if (seconds >= holder.dataset.seconds) stop();
}

function record(holder, stream) {
  const [kind, ending] = KINDS.find(([name]) => MediaRecorder.isTypeSupported(name)) ?? ["", "webm"];
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS, ...(kind && { mimeType: kind }) });
  const heard = [];
  const started = Date.now();
  recorder.addEventListener("dataavailable", (e) => heard.push(e.data));
  const ended = new Promise((done) => { recorder.addEventListener("stop", done); });
  const ticking = setInterval(() => count(holder, started), 500);
  recorder.start();
  turn(holder, true);
  count(holder, started);
  running = { holder, recorder, done: ended.then(() => {
    clearInterval(ticking);
    for (const track of stream.getTracks()) track.stop();
    running = null;
    turn(holder, false);
    hold(holder, new File(heard, `voice.${ending}`, { type: kind.split(";")[0] }));
  }) };
}

async function start(holder) {
  if (running) return;
  complain(holder, "");
  try {
    record(holder, await navigator.mediaDevices.getUserMedia({ audio: true }));
  } catch (error) {
    complain(holder, error.name === "NotFoundError" ? holder.dataset.none : holder.dataset.refused);
  }
}

function stop() {
  if (running?.recorder.state === "recording") running.recorder.stop();
  return running?.done;
}

document.addEventListener("click", (e) => {
  const holder = e.target.closest("[data-recorder]");
  if (!holder) return;
  if (e.target.closest("[data-recorder-start]")) start(holder);
  else if (e.target.closest("[data-recorder-stop]")) stop();
  else if (e.target.closest("[data-recorder-drop]")) {
    fileOf(holder).value = "";
    take(holder);
    part(holder, "start").focus();
  }
});
document.addEventListener("change", (e) => {
  const holder = e.target.closest?.("[data-recorder]");
  if (holder) take(holder);
});
// Sent while it is still being recorded: what was said so far goes along.
document.addEventListener("submit", async (e) => {
  if (!running || !e.target.contains(running.holder)) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  await stop();
  e.target.requestSubmit(e.submitter);
}, true);

function offer() {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  for (const row of document.querySelectorAll("[data-recorder-live][hidden]")) {
    row.hidden = false;
    // A file that is there already can then be chosen too; recording is the button's.
    fileOf(row.closest("[data-recorder]")).removeAttribute("capture");
  }
}
document.addEventListener("htmx:after:swap", offer);
offer();
})();
