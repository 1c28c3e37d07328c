// Adds up again what one donor gave, from a copy of the whole log and the donor's evidence, in plain JavaScript for Node 18
// or newer. Written from the pages beside it, not from the Java code. Licence: AGPL-3.0-or-later.
//
//   node totals.mjs EVIDENCE.zip --log DIR --key VKEY --from 2026-01-01 --to 2026-12-31
//
// DIR is a mirrored log (checkpoint and tile/entries). Every entry of it is hashed to the root that its checkpoint signs, and
// the outcomes are read from these entries, not from the evidence: a void that the evidence leaves out is found. It prints
// the fields of the statement that it computed as one line of JSON and ends with code 0, or says in one sentence what does
// not hold and ends with code 1. Compare the line with the document's statement.json.

import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";
import {
  commitmentEntry, decodeUtf8, fromHex, KINDS, leafHash, openCheckpoint, openEnvelope, parseVerifierKey, Rejected, sha256,
  verifyInclusion,
} from "./verify.mjs";

const BUNDLE = 256;
const AGREED = "178abc";
const EXCLUDED = {
  0: "pending", 2: "output-disagreed", 3: "count-disagreed", 4: "failed", 5: "no-quorum", 6: "implausible", 8: "distrusted",
};
const TIERS = { 1: "C1", a: "C2", b: "C3", c: "C3" };
const RATE_MAX = 100_000_000n;

function require(holds, sentence) {
  if (!holds) throw new Rejected(sentence);
}

const toHex = (octets) => Buffer.from(octets).toString("hex");

// ---- the evidence

/** One file out of a zip file, by its central directory. */
export function unzip(zip, name) {
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  require(end >= 0, "the evidence is not a zip file");
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    require(zip.readUInt32LE(at) === 0x02014b50, "the zip file is damaged");
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    if (zip.toString("utf8", at + 46, at + 46 + nameLength) === name) {
      const local = zip.readUInt32LE(at + 42);
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
      return zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Rejected(`the evidence holds no ${name}`);
}

// ---- the log

/** tlog-tiles writes an index in groups of three digits, all but the last with an x before them. */
function bundlePath(index, width) {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.../g);
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/entries/${path}${width < BUNDLE ? `.p/${width}` : ""}`;
}

/** All entries of a mirrored log, once they hash to the root that its checkpoint signs. */
export async function wholeLog(folder, key) {
  const checkpoint = await openCheckpoint(decodeUtf8(await readFile(`${folder}/checkpoint`)), key);
  const size = Number(checkpoint.size);
  const entries = [];
  for (let first = 0; first < size; first += BUNDLE) {
    const width = Math.min(BUNDLE, size - first);
    const path = bundlePath(first / BUNDLE, width);
    const octets = await readFile(`${folder}/${path}`);
    let at = 0;
    for (let i = 0; i < width; i++) {
      require(at + 2 <= octets.length, `${path} is cut short`);
      const next = at + 2 + octets.readUInt16BE(at);
      require(next <= octets.length, `${path} is cut short`);
      entries.push(octets.subarray(at + 2, next));
      at = next;
    }
    require(at === octets.length, `octets follow the last entry of ${path}`);
  }
  const leaves = await Promise.all(entries.map(leafHash));
  const root = await rootOf(leaves);
  require(toHex(root) === toHex(checkpoint.root), `the entries lead to root ${toHex(root)}, the checkpoint signs another`);
  return { checkpoint, entries, leaves };
}

/** RFC 9162 section 2.1.1, level by level: a last hash without a partner rises as it is. */
export async function rootOf(leaves) {
  if (leaves.length === 0) return sha256();
  let row = leaves;
  while (row.length > 1) {
    const above = [];
    for (let i = 0; i < row.length; i += 2) {
      above.push(i + 1 < row.length ? await sha256(Uint8Array.of(1), row[i], row[i + 1]) : row[i]);
    }
    row = above;
  }
  return row[0];
}

/** What settlements, voids, reinstatements and rates say of each leaf. */
export function outcomesOf(entries) {
  const digits = new Map();
  const paces = new Map();
  const rates = new Map();
  const voided = new Set();
  for (const [at, entry] of entries.entries()) {
    const kind = entry[1];
    const read = (kind >= 7 && kind <= 9) || kind === 18;
    const body = read ? JSON.parse(decodeUtf8(entry.subarray(2))) : {};
    if (kind === 7) {
      [...body.outcomes].forEach((digit, i) => {
        const leaf = body.from + i;
        require(digit === "0" || !digits.has(leaf), `entry ${leaf} was settled twice`);
        if (digit === "0") return;
        digits.set(leaf, digit);
        paces.set(leaf, (release) => rates.get(release)?.findLast(({ place }) => place < at));
      });
    } else if (kind === 18) {
      for (const { rate, release } of body.releases) {
        const pace = { place: at, floor: BigInt(rate), starter: BigInt(body.starter) };
        rates.set(release, [...(rates.get(release) ?? []), pace]);
      }
    } else if (kind === 8) {
      body.leaves.forEach((leaf) => voided.add(leaf));
    } else if (kind === 9) {
      body.leaves.forEach((leaf) => voided.delete(leaf));
    }
  }
  return {
    digit: (leaf) => digits.get(leaf) ?? "0",
    pace: (leaf, release) => paces.get(leaf)?.(release),
    voided,
  };
}

// ---- the fold (statement.md)

const nothing = () => ({ cpuMs: {}, gpuMs: 0n, joules: {}, memoryMibMs: 0n });

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);
const roundedUp = (a, b) => (a + b - 1n) / b;
const sorted = (fields) => Object.fromEntries(Object.entries(fields).sort());

/** The best rate that each agent's starter units show. */
function starterRates(lines, outcomes) {
  const rates = new Map();
  for (const line of lines.filter(({ leaf, cpuMs }) => outcomes.digit(leaf) === "9" && cpuMs > 0)) {
    const rate = min(BigInt(line.count) / BigInt(line.cpuMs), RATE_MAX);
    rates.set(line.agent, max(rate, rates.get(line.agent) ?? 0n));
  }
  return rates;
}

/** The processor time that is credited to a line. */
function credited(line, outcomes, starters) {
  const stated = BigInt(line.cpuMs);
  const pace = outcomes.pace(line.leaf, line.release);
  if (!pace || outcomes.digit(line.leaf) === "a") return stated;
  const own = starters.get(line.agent) ?? 0n;
  const rate = max(pace.floor, (pace.floor * own) / pace.starter / 2n);
  return min(stated, roundedUp(BigInt(line.count), rate));
}

function add(sum, line, tier, ms) {
  if (ms > 0n) sum.cpuMs = sorted({ ...sum.cpuMs, [tier]: (sum.cpuMs[tier] ?? 0n) + ms });
  for (const gpu of line.gpus ?? []) sum.gpuMs += BigInt(gpu.ms);
  sum.memoryMibMs += ((BigInt(line.memMeanBytes) >> 10n) * BigInt(line.wallMs)) >> 10n;
  if (line.energy) {
    const { tier: method, joules } = line.energy;
    const stated = BigInt(line.cpuMs);
    const part = ms < stated ? roundedUp(BigInt(joules) * ms, stated) : BigInt(joules);
    sum.joules = sorted({ ...sum.joules, [method]: (sum.joules[method] ?? 0n) + part });
  }
}

/** Each line of the evidence, opened and found at its leaf. */
async function openedLines(evidence, log, origin) {
  const reports = await Promise.all(evidence.reports.map(openEnvelope));
  const checkpoint = log.drawn;
  const lines = [];
  for (const { leaf, salt, part, report, proof } of evidence.lines) {
    const { kind, record, payload, agent } = reports[report];
    const body = JSON.parse(decodeUtf8(payload));
    require(kind === "usage-report", `entry ${leaf} is opened by a record of kind ${kind}`);
    require(body.origin === origin && body.agent === agent, `the report of entry ${leaf} is another's`);
    const hash = await leafHash(await commitmentEntry(KINDS[kind], origin, fromHex(salt, "salt"), part, record));
    await verifyInclusion(BigInt(leaf), checkpoint.size, hash, proof.map((text) => fromHex(text, "proof")), checkpoint.root);
    require(toHex(log.leaves[leaf]) === toHex(hash), `entry ${leaf} of the log is not what the evidence opens`);
    lines.push({ ...body.lines[part], agent, leaf, hash });
  }
  lines.sort((a, b) => a.leaf - b.leaf);
  lines.forEach((line, i) => require(line.leaf !== lines[i - 1]?.leaf, `entry ${line.leaf} is opened twice`));
  return lines;
}

/** The fields of a statement that follow from the log and the donor's lines. */
export async function totals(zip, folder, key, from, to) {
  const log = await wholeLog(folder, key);
  const evidence = JSON.parse(decodeUtf8(unzip(zip, "evidence.json")));
  log.drawn = await openCheckpoint(evidence.checkpoint, key);
  const size = Number(log.drawn.size);
  require(size <= log.entries.length, "the log is older than the evidence");
  const root = await rootOf(log.leaves.slice(0, size));
  require(toHex(root) === toHex(log.drawn.root), "the log does not contain the checkpoint of the evidence");
  const outcomes = outcomesOf(log.entries.slice(0, size));
  const lines = await openedLines(evidence, log, log.checkpoint.origin);
  const agreed = new Map();
  for (const line of lines.filter(({ leaf }) => AGREED.includes(outcomes.digit(leaf)))) {
    const unit = `${line.batch}/${line.unit}`;
    agreed.set(unit, (agreed.get(unit) ?? 0) + 1);
  }
  const starters = starterRates(lines, outcomes);
  const accepted = [];
  const excluded = {};
  const [days, devices] = [new Set(), new Set()];
  const given = nothing();
  const releases = new Map();
  const months = new Map();
  for (const line of lines) {
    const day = new Date(line.endMs).toISOString().slice(0, 10);
    const digit = outcomes.digit(line.leaf);
    if (day < from || day > to || digit === "9") continue;
    const month = day.slice(0, 7);
    const of = months.get(month) ?? { accepted: 0, given: nothing(), month, returned: 0 };
    months.set(month, of);
    of.returned++;
    if (digit in TIERS && !outcomes.voided.has(line.leaf) && agreed.get(`${line.batch}/${line.unit}`) < 2) {
      of.accepted++;
      days.add(day);
      devices.add(line.agent);
      const release = releases.get(line.release) ?? { accepted: 0, given: nothing(), release: line.release };
      releases.set(line.release, release);
      release.accepted++;
      const ms = credited(line, outcomes, starters);
      for (const sum of [of.given, release.given, given]) add(sum, line, TIERS[digit], ms);
      const index = Buffer.alloc(8);
      index.writeBigUInt64BE(BigInt(line.leaf));
      accepted.push(index, line.hash);
    } else {
      const reason = outcomes.voided.has(line.leaf) ? "voided" : EXCLUDED[digit] ?? "same-donor";
      excluded[reason] = (excluded[reason] ?? 0) + 1;
    }
  }
  return {
    days: days.size,
    devices: devices.size,
    evidence: toHex(await sha256(zip)),
    excluded: sorted(excluded),
    given,
    lines: toHex(await sha256(...accepted)),
    logRoot: toHex(root),
    logSize: size,
    months: [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1)),
    origin: log.checkpoint.origin,
    releases: [...releases.values()].sort((a, b) => (a.release < b.release ? -1 : 1)),
  };
}

// ---- the command

function option(words, name) {
  const at = words.indexOf(name);
  require(at >= 0 && words[at + 1], `${name} is missing`);
  return words[at + 1];
}

if (process.argv[1]?.endsWith("totals.mjs")) {
  try {
    const words = process.argv.slice(2);
    const key = await parseVerifierKey(option(words, "--key"));
    const [folder, from, to] = ["--log", "--from", "--to"].map((name) => option(words, name));
    const found = await totals(await readFile(words[0]), folder, key, from, to);
    console.log(JSON.stringify(found, (name, value) => (typeof value === "bigint" ? Number(value) : value)));
  } catch (failure) {
    const sentence = failure instanceof Rejected ? failure.message : `cannot be read: ${failure.message}`;
    console.error(`totals.mjs: ${sentence}`);
    process.exitCode = 1;
  }
}
