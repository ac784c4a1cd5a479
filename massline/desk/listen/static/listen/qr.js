// QR codes (ISO/IEC 18004), byte mode, level L: enough to hand one report from phone to phone without a network.

// By version 1 to 40, level L: error correction bytes a block, number of blocks.
// deno-fmt-ignore
const CORRECTION = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
  28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30];
// deno-fmt-ignore
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
  8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25];
const MASKS = [
  (r, c) => (r + c) % 2,
  (r) => r % 2,
  (r, c) => c % 3,
  (r, c) => (r + c) % 3,
  (r, c) => ((r >> 1) + Math.floor(c / 3)) % 2,
  (r, c) => ((r * c) % 2) + ((r * c) % 3),
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2,
];

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = value & 128 ? (value << 1) ^ 285 : value << 1;
}

// Modules free for data: what remains of the square after finders, timing, alignment, format and version.
function capacity(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version > 1) {
    const along = Math.floor(version / 7) + 2;
    modules -= (25 * along - 10) * along - 55;
    if (version > 6) modules -= 36;
  }
  return Math.floor(modules / 8);
}

const dataBytes = (version) => capacity(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
const lengthBits = (version) => (version < 10 ? 8 : 16);
const MOST_BYTES = dataBytes(40) - 3;

function smallest(length) {
  for (let version = 1; version <= 40; version++) {
    if (length * 8 + 4 + lengthBits(version) <= dataBytes(version) * 8) return version;
  }
  throw new RangeError(`${length} bytes do not fit into a QR code; ${MOST_BYTES} do`);
}

function packed(bytes, version) {
  const bits = [];
  const push = (value, count) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  push(4, 4);
  push(bytes.length, lengthBits(version));
  bytes.forEach((byte) => push(byte, 8));
  const room = dataBytes(version) * 8;
  push(0, Math.min(4, room - bits.length));
  while (bits.length % 8) bits.push(0);
  for (let pad = 236; bits.length < room; pad ^= 236 ^ 17) push(pad, 8);
  const out = new Uint8Array(room / 8);
  bits.forEach((bit, at) => {
    out[at >> 3] |= bit << (7 - (at & 7));
  });
  return out;
}

function generator(degree) {
  let poly = [1];
  for (let power = 0; power < degree; power++) {
    const next = new Array(poly.length + 1).fill(0);
    poly.forEach((value, at) => {
      next[at] ^= value;
      if (value) next[at + 1] ^= EXP[LOG[value] + power];
    });
    poly = next;
  }
  return poly;
}

function remainder(data, poly) {
  const rest = new Uint8Array(data.length + poly.length - 1);
  rest.set(data);
  for (let at = 0; at < data.length; at++) {
    const lead = rest[at];
    if (lead) {
      for (let k = 1; k < poly.length; k++) if (poly[k]) rest[at + k] ^= EXP[LOG[lead] + LOG[poly[k]]];
    }
  }
  return rest.slice(data.length);
}

function codewords(bytes, version) {
  const data = packed(bytes, version);
  const blocks = BLOCKS[version - 1];
  const degree = CORRECTION[version - 1];
  const short = Math.floor(data.length / blocks);
  const longOnes = data.length % blocks;
  const poly = generator(degree);
  const parts = [];
  for (let block = 0, at = 0; block < blocks; block++) {
    const size = short + (block >= blocks - longOnes ? 1 : 0);
    const part = data.slice(at, at + size);
    parts.push([part, remainder(part, poly)]);
    at += size;
  }
  const out = [];
  for (let at = 0; at <= short; at++) for (const [part] of parts) if (at < part.length) out.push(part[at]);
  for (let at = 0; at < degree; at++) for (const [, check] of parts) out.push(check[at]);
  return out;
}

function blank(size) {
  return Array.from({ length: size }, () => new Array(size).fill(null));
}

function alignments(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = version * 4 + 10;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const out = [6];
  for (let at = last; out.length < count; at -= step) out.splice(1, 0, at);
  return out;
}

function frame(version) {
  const size = version * 4 + 17;
  const grid = blank(size);
  const put = (r, c, dark) => {
    if (r >= 0 && c >= 0 && r < size && c < size) grid[r][c] = dark;
  };
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) {
    for (let r = -4; r <= 4; r++) {
      for (let c = -4; c <= 4; c++) {
        const ring = Math.max(Math.abs(r), Math.abs(c));
        put(row + r, column + c, ring !== 2 && ring !== 4);
      }
    }
  }
  for (let at = 8; at < size - 8; at++) grid[6][at] = grid[at][6] = at % 2 === 0;
  const marks = alignments(version);
  const last = marks.length - 1;
  marks.forEach((row, i) =>
    marks.forEach((column, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let r = -2; r <= 2; r++) {
        for (let c = -2; c <= 2; c++) {
          grid[row + r][column + c] = Math.max(Math.abs(r), Math.abs(c)) !== 1;
        }
      }
    })
  );
  about(grid, version, 0);
  return grid;
}

// Format bits (level L, the mask) twice, version bits from 7 on, and the dark module.
function about(grid, version, mask) {
  const size = grid.length;
  let check = (1 << 3) | mask;
  const said = check;
  for (let i = 0; i < 10; i++) check = (check << 1) ^ ((check >> 9) * 0x537);
  const format = ((said << 10) | check) ^ 0x5412;
  const bit = (at) => ((format >> at) & 1) === 1;
  for (let i = 0; i <= 5; i++) grid[i][8] = bit(i);
  grid[7][8] = bit(6);
  grid[8][8] = bit(7);
  grid[8][7] = bit(8);
  for (let i = 9; i < 15; i++) grid[8][14 - i] = bit(i);
  for (let i = 0; i < 8; i++) grid[8][size - 1 - i] = bit(i);
  for (let i = 8; i < 15; i++) grid[size - 15 + i][8] = bit(i);
  grid[size - 8][8] = true;
  if (version < 7) return;
  let rest = version;
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >> i) & 1) === 1;
    const far = size - 11 + (i % 3);
    const near = Math.floor(i / 3);
    grid[near][far] = grid[far][near] = dark;
  }
}

function filled(version, words) {
  const grid = frame(version);
  const size = grid.length;
  const free = grid.map((row) => row.map((module) => module === null));
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (!free[row][column]) continue;
        grid[row][column] = at < words.length * 8 && ((words[at >> 3] >> (7 - (at & 7))) & 1) === 1;
        at++;
      }
    }
  }
  return { grid, free };
}

// The standard's penalties: long runs, blocks of one colour, finder-like runs, an uneven share of dark.
function penalty(grid) {
  const size = grid.length;
  let points = 0;
  let dark = 0;
  const lines = [...grid, ...grid.map((_, column) => grid.map((row) => row[column]))];
  for (const line of lines) {
    let run = 1;
    for (let at = 1; at <= size; at++) {
      if (at < size && line[at] === line[at - 1]) run++;
      else {
        if (run >= 5) points += run - 2;
        run = 1;
      }
    }
    const text = line.map((module) => (module ? "1" : "0")).join("");
    for (const like of ["10111010000", "00001011101"]) points += 40 * (text.split(like).length - 1);
  }
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      if (grid[r][c]) dark++;
      if (
        r && c && grid[r][c] === grid[r - 1][c] && grid[r][c] === grid[r][c - 1] &&
        grid[r][c] === grid[r - 1][c - 1]
      ) points += 3;
    }
  }
  return points + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10));
}

// Gives rows of booleans, dark is true; the caller leaves a quiet zone of four modules around.
export function matrix(bytes) {
  const version = smallest(bytes.length);
  const { grid, free } = filled(version, codewords(bytes, version));
  let best = null;
  MASKS.forEach((rule, mask) => {
    const tried = grid.map((row, r) => row.map((dark, c) => (free[r][c] && rule(r, c) === 0 ? !dark : dark)));
    about(tried, version, mask);
    const points = penalty(tried);
    if (!best || points < best.points) best = { points, tried };
  });
  return best.tried;
}
