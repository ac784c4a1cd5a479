// Handing reports over without a network: as a file, or as a QR code that another phone's camera opens.

import { matrix } from "./qr.js";

const MARK = "#take=";
// A code with more than this is too fine for one phone to read off another.
const MOST_BYTES = 1300;

async function through(bytes, stream) {
  const out = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(out).arrayBuffer());
}

function letters(bytes) {
  let text = "";
  bytes.forEach((byte) => {
    text += String.fromCharCode(byte);
  });
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text) {
  return Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")),
    (letter) => letter.charCodeAt(0),
  );
}

export async function address(report) {
  const small = await through(
    new TextEncoder().encode(JSON.stringify(report)),
    new CompressionStream("deflate-raw"),
  );
  return `${location.origin}${report.page}${MARK}${letters(small)}`;
}

// What stands behind #take= never reaches a server: a browser keeps it to itself.
export async function taken() {
  if (!location.hash.startsWith(MARK)) return null;
  const small = bytesOf(location.hash.slice(MARK.length));
  history.replaceState(null, "", location.pathname);
  const whole = await through(small, new DecompressionStream("deflate-raw"));
  return JSON.parse(new TextDecoder().decode(whole));
}

export async function picture(report) {
  const bytes = new TextEncoder().encode(await address(report));
  if (bytes.length > MOST_BYTES) return null;
  const rows = matrix(bytes);
  const size = rows.length + 8;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : "")))
    .join("");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("shape-rendering", "crispEdges");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export function save(reports) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(
    new Blob([JSON.stringify({ reports }, null, 1)], { type: "application/json" }),
  );
  link.download = `field-reports-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
