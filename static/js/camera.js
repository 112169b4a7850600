// 用相机扫: where there is a camera, a button beside the field opens it and what a code says is written into the field.
// The browser's own detector reads it where there is one, else the vendored decoder, fetched when it is needed.
// Typing always works; without this file the button is not shown.
"use strict";

const PAUSE_MS = 120;
const QR = { formats: ["qr_code"] };

async function detectorFor(decoder) {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    return new BarcodeDetector(QR);
  }
  const vendored = await import(decoder);
  return new vendored.BarcodeDetector(QR);
}

function pause() {
  return new Promise((resume) => { setTimeout(resume, PAUSE_MS); });
}

async function firstCode(video, detector, going) {
  while (going()) {
    const [code] = video.readyState < 2 ? [] : await detector.detect(video);
    if (code?.rawValue) return code.rawValue;
    await pause();
  }
  return "";
}

function stop(video) {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

async function show(video) {
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  await video.play();
}

function why(error, dialog) {
  const words = dialog.dataset;
  return error.name === "NotAllowedError" ? words.refused : error.name === "NotFoundError" ? words.none : words.broken;
}

async function read(holder) {
  const dialog = holder.querySelector("dialog");
  const video = dialog.querySelector("video");
  const said = dialog.querySelector("[role=status]");
  said.textContent = dialog.dataset.hint;
  dialog.showModal();
  try {
    await show(video);
    // Closed while the browser was still asking for leave: the camera must not stay on.
    if (!dialog.open) return "";
    return await firstCode(video, await detectorFor(holder.dataset.camera), () => dialog.open);
  } catch (error) {
    said.textContent = why(error, dialog);
    return "";
  } finally {
    stop(video);
  }
}

document.addEventListener("click", async (e) => {
  const holder = e.target.closest("[data-camera-open]")?.closest("[data-camera]");
  if (!holder) return;
  const found = await read(holder);
  if (!found) return;
  const field = holder.querySelector("input");
  field.value = found;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  holder.querySelector("dialog").close();
  if ("send" in holder.dataset) field.form.requestSubmit();
  else field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
});

function offer() {
  if (!navigator.mediaDevices?.getUserMedia) return;
  for (const button of document.querySelectorAll("[data-camera-open][hidden]")) button.hidden = false;
}
document.addEventListener("htmx:after:swap", offer);
offer();
