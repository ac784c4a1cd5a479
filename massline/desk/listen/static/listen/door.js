// Field reports at the door. The form works without this; with it, nothing is lost where there is no network.

import * as handing from "./handing.js";
import { queue as queueOf } from "../massline/offline/queue.js";
import { beReady, forget } from "../massline/offline/ready.js";
import { oneAtATime, send } from "../massline/offline/sending.js";

const door = document.getElementById("door");
const form = document.getElementById("report");
const said = document.getElementById("said");
const count = document.getElementById("waiting");
const after = document.getElementById("end");
const PAGE = location.pathname;
const KEPT = "massline-door";
const STEPS = ["step_1", "step_2", "step_3", "step_4", "step_5"];
const REMEMBERED = ["section", "channel"];
const say = (name) => door.dataset[name];

const queue = queueOf(KEPT, "reports");
let readiness = null;
let others = 0;

function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"))
    .join("-");
}

function written() {
  const given = new FormData(form);
  const voices = [];
  for (let n = 0; given.has(`text_${n}`); n++) {
    const text = given.get(`text_${n}`);
    if (text.trim()) voices.push({ text, kind: given.get(`kind_${n}`) || "said" });
  }
  const plain = Object.fromEntries(
    ["section", "channel", "mood", "people", "day", ...STEPS].map((name) => [name, given.get(name) ?? ""]),
  );
  return { uuid: fresh(), page: PAGE, order: Date.now(), ...plain, voices };
}

function begin() {
  const chosen = Object.fromEntries(REMEMBERED.map((name) => [name, new FormData(form).get(name)]));
  form.reset();
  for (const [name, value] of Object.entries(chosen)) if (value) choose(name, value);
  form.elements.day.value = today();
  form.elements.uuid.value = fresh();
  showSection();
}

/** Say above the first field which section the next report is for, since the last one is used again. */
function showSection() {
  const chosen = form.querySelector("[name=section]:checked");
  const again = document.getElementById("again");
  again.hidden = !chosen;
  again.querySelector("b").textContent = chosen?.closest("label")?.textContent.trim() ?? "";
}

function choose(name, value) {
  const field = form.elements[name];
  if (field && "value" in field) field.value = value;
}

async function tell() {
  const waiting = await queue.all();
  count.textContent = waiting.length ? `${say("waiting")} ${waiting.length}` : say("sent");
  count.dataset.waiting = waiting.length;
  for (const one of document.querySelectorAll("[data-needs]")) {
    one.hidden = (one.dataset.needs === "some") !== waiting.length > 0;
  }
  const list = document.getElementById("refused");
  list.replaceChildren(
    ...waiting.filter((report) => report.why).map((report) => {
      const item = document.createElement("li");
      item.textContent = `${report.voices[0]?.text.slice(0, 60) ?? ""} ${report.why}`;
      return item;
    }),
  );
  return waiting;
}

async function sendAll() {
  const waiting = (await queue.all()).filter((report) => !report.why);
  if (!waiting.length) return tell();
  count.textContent = say("sending");
  const outcome = await send("reports", waiting, form.elements.csrfmiddlewaretoken.value);
  await queue.drop(outcome.kept);
  for (const report of waiting) {
    if (outcome.refused[report.uuid]) await queue.keep({ ...report, why: outcome.refused[report.uuid] });
  }
  const left = await tell();
  document.getElementById("login").hidden = outcome.trouble !== "login";
  if (outcome.kept.length && !left.length) said.textContent = say("arrived");
  if (outcome.trouble === "later") said.textContent = say("later");
  return left;
}

const sendSoon = oneAtATime(sendAll);

async function keepOne(event) {
  event.preventDefault();
  if (!form.reportValidity()) return;
  const report = written();
  if (!report.voices.length) {
    said.textContent = say("empty");
    return;
  }
  try {
    await queue.keep(report);
  } catch (problem) {
    // This phone refuses to keep anything: the plain form still reaches the desk where there is a network.
    console.warn("This phone keeps nothing:", problem.message);
    form.removeEventListener("submit", keepOne);
    form.requestSubmit();
    return;
  }
  begin();
  said.textContent = say("kept");
  await tell();
  await sendSoon();
  form.querySelector("textarea").focus({ preventScroll: true });
  door.scrollIntoView();
}

async function takeOver() {
  try {
    const report = await handing.taken();
    if (!report) return;
    await queue.keep({ ...report, page: PAGE, order: Date.now() });
    said.textContent = say("taken");
  } catch (problem) {
    console.warn("The code could not be read:", problem.message);
    said.textContent = say("unreadable");
  }
}

async function show() {
  const waiting = await queue.all();
  const place = document.getElementById("code");
  const report = waiting[others % waiting.length];
  others += 1;
  const picture = await handing.picture(report);
  const words = document.createElement("p");
  words.textContent = `${(others - 1) % waiting.length + 1} / ${waiting.length}`;
  place.replaceChildren(picture ?? document.createTextNode(say("long")), words);
}

async function endShift() {
  if ((await sendSoon()).length) {
    said.textContent = say("unsent");
    return;
  }
  await readiness;
  await queue.wipe();
  for (const name of REMEMBERED) localStorage.removeItem(name);
  await forget(KEPT);
  door.replaceChildren(
    Object.assign(document.createElement("p"), { className: "lead", textContent: say("wiped") }),
  );
}

form.addEventListener("submit", keepOne);
document.getElementById("send").addEventListener("click", sendSoon);
document.getElementById("save").addEventListener("click", async () => handing.save(await queue.all()));
document.getElementById("show").addEventListener("click", show);
after.addEventListener("click", endShift);
window.addEventListener("online", sendSoon);
window.addEventListener("hashchange", () => takeOver().then(sendSoon));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) sendSoon();
});
for (const name of REMEMBERED) {
  const value = localStorage.getItem(name);
  if (value && !form.querySelector(".error")) choose(name, value);
  form.addEventListener("change", () => localStorage.setItem(name, new FormData(form).get(name) ?? ""));
}
showSection();
form.addEventListener("change", showSection);
if (!form.querySelector(".error")) form.elements.day.value = today();
document.getElementById("shift").hidden = false;
await takeOver();
await sendSoon();
readiness = beReady({ page: PAGE, worker: door.dataset.worker, keep: KEPT }).then(() => {
  door.dataset.ready = "yes";
}).catch((problem) => {
  console.warn("This page will not open without a network:", problem.message);
  said.textContent = say("online");
});
