// Codes at the door. The form works without this; with it, nothing is lost where there is no network.
// No name ever comes here: what waits is codes, which only the desk can tie to anybody.

import { queue as queueOf } from "../massline/offline/queue.js";
import { beReady, forget } from "../massline/offline/ready.js";
import { oneAtATime, send } from "../massline/offline/sending.js";

const door = document.getElementById("door");
const form = document.getElementById("codes");
const said = document.getElementById("said");
const count = document.getElementById("waiting");
const PAGE = location.pathname;
const KEPT = "massline-check-in";
const SIGNS = door.dataset.signs;
const field = form.elements.codes;

const queue = queueOf(KEPT, "codes");
let readiness = null;

const say = (name, what = "") => door.dataset[name].replace("%s", what);

function rowOf(code) {
  const row = /^([a-z])0?(\d{1,2})$/.exec(code);
  const fits = row && door.dataset.pages.toLowerCase().includes(row[1]) && Number(row[2]) >= 1 &&
    Number(row[2]) <= Number(door.dataset.lastRow);
  return fits ? `${row[1].toUpperCase()}${row[2].padStart(2, "0")}` : null;
}

// The last sign is a check over those before it, so a slip is found where there is nobody to ask.
function isWhole(code) {
  const at = Array.from(code, (sign) => SIGNS.indexOf(sign));
  if (at.length !== 6 || at.includes(-1)) return false;
  const sum = at.slice(0, -1).reduce((total, sign, place) => total + (place + 1) * sign, 0);
  return sum % SIGNS.length === at.at(-1);
}

function plain(written) {
  const code = written.replace(/[\s-]/g, "").toLowerCase();
  return rowOf(code) ?? (isWhole(code) ? code : null);
}

async function mine() {
  return (await queue.all()).filter((one) => one.page === PAGE);
}

async function tell() {
  const waiting = await mine();
  count.textContent = waiting.length ? `${say("waiting")} ${waiting.length}` : say("sent");
  count.dataset.waiting = waiting.length;
  document.getElementById("send").hidden = !waiting.length;
  document.getElementById("kept").replaceChildren(
    ...waiting.map((one) => Object.assign(document.createElement("li"), { textContent: one.code })),
  );
  return waiting;
}

function complain(reasons) {
  const list = document.getElementById("refused");
  list.replaceChildren(
    ...reasons.map((why) => Object.assign(document.createElement("li"), { textContent: why })),
  );
}

async function sendAll() {
  const waiting = await mine();
  if (!waiting.length) return tell();
  const outcome = await send("codes", waiting, form.elements.csrfmiddlewaretoken.value);
  const refused = waiting.filter((one) => outcome.refused[one.uuid]);
  // A code the desk knows nothing of is said aloud and let go: sending it again changes nothing.
  await queue.drop([...outcome.kept, ...refused.map((one) => one.uuid)]);
  if (refused.length) complain(refused.map((one) => outcome.refused[one.uuid]));
  const left = await tell();
  document.getElementById("login").hidden = outcome.trouble !== "login";
  const arrived = waiting.filter((one) => outcome.kept.includes(one.uuid)).map((one) => one.code);
  if (arrived.length) said.textContent = say("arrived", arrived.join(", "));
  if (outcome.trouble === "later") said.textContent = say("later");
  return left;
}

const sendSoon = oneAtATime(sendAll);

async function keepThem(event) {
  event.preventDefault();
  const written = field.value.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean);
  const wrong = written.filter((one) => !plain(one));
  const here = new Set((await mine()).map((one) => one.code));
  const twice = written.filter((one) => here.has(plain(one)));
  const fresh = [...new Set(written.map(plain).filter((code) => code && !here.has(code)))];
  try {
    for (const code of fresh) {
      await queue.keep({ uuid: `${PAGE}${code}`, page: PAGE, order: Date.now(), code });
    }
  } catch (problem) {
    // This phone refuses to keep anything: the plain form still reaches the desk where there is a network.
    console.warn("This phone keeps nothing:", problem.message);
    form.removeEventListener("submit", keepThem);
    form.requestSubmit();
    return;
  }
  complain([...wrong.map((one) => say("wrong", one)), ...twice.map((one) => say("twice", one))]);
  field.value = wrong.join(", ");
  if (fresh.length) said.textContent = say("kept", fresh.join(", "));
  field.focus({ preventScroll: true });
  await tell();
  await sendSoon();
}

async function empty(words) {
  await readiness;
  if (!(await queue.all()).length) await queue.wipe();
  await forget(KEPT);
  door.replaceChildren(
    Object.assign(document.createElement("p"), { className: "lead", textContent: say(words) }),
  );
}

async function closeTheDoor() {
  if ((await sendSoon()).length) {
    said.textContent = say("unsent");
    return;
  }
  await empty("wiped");
}

form.addEventListener("submit", keepThem);
document.getElementById("send").addEventListener("click", sendSoon);
document.getElementById("end").addEventListener("click", closeTheDoor);
window.addEventListener("online", sendSoon);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) sendSoon();
});
document.getElementById("shift").hidden = false;

const left = await sendSoon();
if (!left.length && Date.now() > Number(door.dataset.emptiesAt) * 1000) {
  await empty("over");
} else {
  readiness = beReady({ page: PAGE, worker: door.dataset.worker, keep: KEPT }).then(() => {
    door.dataset.ready = "yes";
  }).catch((problem) => {
    console.warn("This page will not open without a network:", problem.message);
    said.textContent = say("online");
  });
}
