// From this phone to the desk: in small parcels, each thing as often as it takes, kept there once.

const PARCEL = 20;

async function freshToken(page) {
  const answer = await fetch(page, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) return null;
  const read = new DOMParser().parseFromString(await answer.text(), "text/html");
  return read.querySelector("[name=csrfmiddlewaretoken]")?.value ?? null;
}

async function post(page, token, parcel) {
  return fetch(`${page}send/`, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(parcel),
  });
}

// What goes together is called `name` in the parcel. Gives {kept: [uuid], refused: {uuid: why}, trouble: "" | "offline" | "login" | "later"}.
export async function send(name, things, token) {
  const outcome = { kept: [], refused: {}, trouble: "" };
  for (const page of new Set(things.map((thing) => thing.page))) {
    const mine = things.filter((thing) => thing.page === page);
    for (let start = 0; start < mine.length && !outcome.trouble; start += PARCEL) {
      await carry(page, token, { [name]: mine.slice(start, start + PARCEL) }, outcome);
    }
  }
  return outcome;
}

// Gives a wish to do `work` that can be uttered at any time: one after another, so that no two race.
export function oneAtATime(work) {
  let last = Promise.resolve();
  return () => {
    last = last.then(work, work);
    return last;
  };
}

async function carry(page, token, parcel, outcome) {
  try {
    let answer = await post(page, token, parcel);
    if (answer.status === 403 || answer.type === "opaqueredirect") {
      const fresh = await freshToken(page);
      if (fresh) answer = await post(page, fresh, parcel);
    }
    if (answer.ok) {
      const said = await answer.json();
      outcome.kept.push(...said.kept);
      Object.assign(outcome.refused, said.refused);
    } else {
      const away = [0, 302, 401, 403, 404].includes(answer.status);
      outcome.trouble = away ? "login" : "later";
    }
  } catch (problem) {
    console.info("Not sent, still kept on this phone:", problem.message);
    outcome.trouble = "offline";
  }
}
