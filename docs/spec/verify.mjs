// Verifies what Almoner's log says, in plain JavaScript with WebCrypto and nothing else: for Node 18 or newer, and for
// browsers. Written from the pages beside it, not from the Java code. Licence: AGPL-3.0-or-later.
//
//   node verify.mjs checkpoint FILE --key VKEY                     a signed checkpoint (log.md); --key again for another key
//   node verify.mjs proof FILE.tlog-proof --leaf HEX --key VKEY    a proof file for the entry with that leaf hash
//   node verify.mjs receipt FILE.json                              a receipt from an agent's shelf: record, salts, proofs
//   node verify.mjs draw report.json --key VKEY                    which lines an auditor had to draw (audit-sample.md)
//
// Each prints one line and ends with code 0, or says in one sentence what does not hold and ends with code 1.

const utf8 = new TextEncoder();
const crypto = globalThis.crypto ?? (await import("node:crypto")).webcrypto; // Node 18 has it in a module only

/** What does not hold, in one sentence. */
export class Rejected extends Error {}

function require(holds, sentence) {
  if (!holds) throw new Rejected(sentence);
}

// ---- octets

function concat(...parts) {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const equal = (a, b) => a.length === b.length && a.every((octet, i) => octet === b[i]);

const toHex = (octets) => [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");

export function fromHex(text, what = "hexadecimal") {
  require(/^([0-9a-f]{2})*$/.test(text), `${what}: expected lowercase hexadecimal, got ${text}`);
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Standard base64, one text for each octet string: RFC 4648 section 4. */
export function fromBase64(text, what = "base64") {
  require(/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0, `${what}: not standard base64: ${text}`);
  const octets = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  require(btoa(String.fromCharCode(...octets)) === text, `${what}: stray bits in base64: ${text}`);
  return octets;
}

/** Text in UTF-8; a byte order mark is a character like any other. */
export function decodeUtf8(octets) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new Rejected("not valid UTF-8");
  }
}

function number(value, octets) {
  const out = new Uint8Array(octets);
  for (let i = octets - 1, rest = BigInt(value); i >= 0; i--, rest >>= 8n) out[i] = Number(rest & 255n);
  return out;
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));
}

async function ed25519(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

// ---- tree: RFC 9162 section 2.1

export const leafHash = (entry) => sha256(Uint8Array.of(0), entry);
const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

/** Section 2.1.3.2. Index and size are BigInt. */
export async function verifyInclusion(index, size, leaf, proof, root) {
  require(index >= 0n && index < size, `index ${index} is not in a tree of ${size} entries`);
  let fn = index;
  let sn = size - 1n;
  let r = leaf;
  for (const p of proof) {
    require(p.length === 32, "a hash of the proof has not 32 octets");
    require(sn !== 0n, "the inclusion proof is too long");
    if ((fn & 1n) === 1n || fn === sn) {
      r = await nodeHash(p, r);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      r = await nodeHash(r, p);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  require(sn === 0n, "the inclusion proof is too short");
  require(equal(r, root), "the inclusion proof leads to another root");
}

// ---- signed notes and checkpoints

/** A verifier key: name, key id and 32 octets, of type 0x01. */
export async function parseVerifierKey(text) {
  const parts = text.match(/^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/);
  require(parts, `not a verifier key: ${text}`);
  const typed = fromBase64(parts[3], "verifier key");
  require(typed.length === 33 && typed[0] === 1, "the verifier key is not of type 0x01, Ed25519");
  const id = (await sha256(utf8.encode(parts[1] + "\n"), typed)).slice(0, 4);
  require(toHex(id) === parts[2], `the key id should be ${toHex(id)}, not ${parts[2]}`);
  return { name: parts[1], id, key: typed.slice(1) };
}

/** A number from 0 to 2^63 - 1, digits only, no leading zero; a BigInt. */
function decimal(text, what) {
  require(/^(0|[1-9][0-9]{0,18})$/.test(text), `${what} is not a plain decimal: ${text}`);
  const value = BigInt(text);
  require(value < 1n << 63n, `${what} exceeds 2^63 - 1: ${text}`);
  return value;
}

/** Text and signature lines; nothing is verified. */
export function parseNote(note) {
  require(!/[\x00-\x09\x0b-\x1f]/.test(note), "the note contains a control character");
  const blank = note.lastIndexOf("\n\n");
  require(blank >= 0 && note.endsWith("\n"), "the note has no empty line before its signatures, or no newline at its end");
  const text = note.slice(0, blank + 1);
  const lines = note.slice(blank + 2, -1).split("\n");
  const signatures = lines.map((line) => {
    const parts = line.match(/^\u2014 ([^+\p{White_Space}\p{Cc}]+) (\S+)$/u);
    require(parts, `not a signature line: ${line}`);
    const octets = fromBase64(parts[2], "signature line");
    require(octets.length > 4, `a signature line without a signature: ${line}`);
    return { name: parts[1], id: octets.slice(0, 4), signature: octets.slice(4) };
  });
  require(signatures.length <= 100, "the note has more than 100 signatures");
  return { text, signatures };
}

/** A checkpoint that the log signed with that key, or with one of those of one name: origin, size (BigInt) and root. */
export async function openCheckpoint(note, verifierKeys) {
  const keys = [verifierKeys].flat();
  const name = keys[0].name;
  require(keys.every((key) => key.name === name), "the keys are of different logs");
  const { text, signatures } = parseNote(note);
  let signed = false;
  for (const line of signatures) {
    for (const key of keys.filter((known) => known.name === line.name && equal(known.id, line.id))) {
      const holds = await ed25519(key.key, utf8.encode(text), line.signature);
      require(holds, `the signature of ${name} does not fit the checkpoint`);
      signed = true;
    }
  }
  require(signed, `${name} did not sign the checkpoint`);
  const lines = text.slice(0, -1).split("\n");
  require(lines.length >= 3 && !lines.includes(""), "a checkpoint has three lines, none of them empty");
  const size = decimal(lines[1], "the size");
  require(lines[0] === name, `the checkpoint is of ${lines[0]}, not of ${name}`);
  const root = fromBase64(lines[2], "root");
  require(root.length === 32, "the root has not 32 octets");
  require(size > 0n || equal(root, await sha256()), "this is not the root of the empty tree");
  return { origin: name, size, root };
}

/** A proof file: index (BigInt), hashes and the checkpoint's note. */
export function parseProofFile(file) {
  const blank = file.indexOf("\n\n");
  require(blank >= 0, "the proof has no empty line before its checkpoint");
  const lines = file.slice(0, blank).split("\n");
  require(lines[0] === "c2sp.org/tlog-proof@v1", `line 1 is not c2sp.org/tlog-proof@v1: ${lines[0]}`);
  const at = lines[1]?.startsWith("extra ") ? 2 : 1;
  require(at === 1 || fromBase64(lines[1].slice("extra ".length), "extra").length > 0, "the extra line is empty");
  require(lines[at]?.startsWith("index "), `line ${at + 1} is not the index`);
  const index = decimal(lines[at].slice("index ".length), `line ${at + 1}, index,`);
  const hashes = lines.slice(at + 1).map((line) => fromBase64(line, "hash"));
  require(hashes.length <= 63, "an inclusion proof has at most 63 hashes");
  return { index, hashes, note: file.slice(blank + 2) };
}

/** Checks a proof file for one leaf; returns the checkpoint. */
export async function verifyProofFile(file, leaf, verifierKeys) {
  const proof = parseProofFile(file);
  const checkpoint = await openCheckpoint(proof.note, verifierKeys);
  await verifyInclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root);
  return { index: proof.index, checkpoint };
}

// ---- commitments and openings

export const KINDS = { enrolment: 1, "usage-report": 2, link: 15 };

/** The log entry that commits to a record: version, kind, commitment (commitment.md). */
export async function commitmentEntry(kind, origin, salt, part, record) {
  const name = utf8.encode(origin);
  require(salt.length === 32, "a salt has 32 octets");
  const commitment = await sha256(
    utf8.encode("almoner/commit/v1\n"),
    Uint8Array.of(kind),
    number(name.length, 2),
    name,
    salt,
    number(part, 2),
    await sha256(record),
  );
  return concat(Uint8Array.of(1, kind), commitment);
}

/** The octets an envelope's signature covers, then the signature itself (signed-json.md); the signature is checked. */
export async function openEnvelope(envelope) {
  const fields = Object.keys(envelope).sort().join();
  require(fields === "payload,payloadType,signatures", `an envelope has other fields: ${fields}`);
  require(envelope.signatures.length === 1, "an envelope has one signature");
  const payload = fromBase64(envelope.payload, "payload");
  const type = utf8.encode(envelope.payloadType);
  const signed = concat(
    utf8.encode(`DSSEv1 ${type.length} `), type, utf8.encode(` ${payload.length} `), payload,
  );
  const key = fromHex(envelope.signatures[0].keyid, "keyid");
  const signature = fromBase64(envelope.signatures[0].sig, "sig");
  require(await ed25519(key, signed, signature), "the record's signature does not verify");
  const kind = envelope.payloadType.match(/^application\/vnd\.almoner\.([a-z-]+)\.v1\+json$/)?.[1];
  require(kind in KINDS, `nothing of type ${envelope.payloadType} stands in the log`);
  return { kind, record: concat(signed, signature), payload, agent: toHex(await sha256(key)) };
}

/** Checks a receipt as an agent keeps it: the record's signature, each opening, each proof. */
export async function verifyReceipt(kept) {
  const { kind, record, payload, agent } = await openEnvelope(kept.record);
  const key = await parseVerifierKey(kept.logKey);
  require(key.name === kept.origin, `the key is of ${key.name}, the receipt of ${kept.origin}`);
  const checkpoint = await openCheckpoint(kept.receipt.checkpoint, key);
  const body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  require(body.origin === kept.origin, `the record was signed for ${body.origin}`);
  const parts = kind === "usage-report" ? body.lines.length : 1;
  require(kept.receipt.lines.length === parts, `${kept.receipt.lines.length} proofs for ${parts} lines`);
  const leaves = [];
  for (const [i, line] of kept.receipt.lines.entries()) {
    require(line.part === i, `proof ${i} is for part ${line.part}`);
    const entry = await commitmentEntry(KINDS[kind], kept.origin, fromHex(line.salt, "salt"), i, record);
    const hashes = line.proof.map((hash) => fromHex(hash, "proof"));
    await verifyInclusion(BigInt(line.leaf), checkpoint.size, await leafHash(entry), hashes, checkpoint.root);
    leaves.push(line.leaf);
  }
  return { kind, agent, origin: kept.origin, size: checkpoint.size, leaves, body };
}

// ---- an audit's draw

/** Big-endian octets of a number. */
function big(number, octets) {
  return fromHex(BigInt(number).toString(16).padStart(2 * octets, "0"));
}

/** The seed that a checkpoint and dice give. */
export async function drawSeed(checkpoint, dice) {
  const rolls = dice.replace(/[ \t\r\n]/g, "");
  require(/^[1-6]{20,1000}$/.test(rolls), "dice are 20 to 1000 digits from 1 to 6");
  const origin = utf8.encode(checkpoint.origin);
  const head = concat(utf8.encode("almoner/audit-sample/v1\n"), big(origin.length, 2), origin, big(checkpoint.size, 8));
  return sha256(head, checkpoint.root, utf8.encode(rolls));
}

/** The ranks of so many of a population, in the order in which they are drawn. */
export async function drawRanks(seed, population, wanted) {
  const all = 1n << 64n;
  const moved = new Map();
  const at = (place) => moved.get(place) ?? place;
  const ranks = [];
  let next = 0;
  for (let k = 0; k < Math.min(population, wanted); k++) {
    const left = BigInt(population - k);
    let number;
    do {
      const block = await sha256(utf8.encode("almoner/audit-draw/v1\n"), seed, big(next++, 8));
      number = BigInt("0x" + toHex(block.slice(0, 8)));
    } while (number >= (all / left) * left);
    const j = k + Number(number % left);
    ranks.push(at(j));
    moved.set(j, at(k));
  }
  return ranks;
}

/** Checks an auditor's report against its own checkpoint and dice. */
export async function verifyDraw(report, keys) {
  require(report.audit === "almoner-audit-sample/2", `this is a report of the form ${report.audit}`);
  const checkpoint = await openCheckpoint(report.checkpoint, keys);
  const seed = await drawSeed(checkpoint, report.dice);
  require(toHex(seed) === report.seed, `the dice give the seed ${toHex(seed)}, not ${report.seed}`);
  const ranks = await drawRanks(seed, report.lines, report.wanted);
  require(report.drawn.length === ranks.length, `${report.drawn.length} lines are reported of ${ranks.length} drawn`);
  const leaves = report.drawn.map((line) => line.leaf);
  for (let i = 0; i < leaves.length; i++) {
    for (let j = 0; j < i; j++) {
      require(ranks[i] < ranks[j] === leaves[i] < leaves[j], `lines ${leaves[j]} and ${leaves[i]} were drawn in another order`);
    }
  }
  return { checkpoint, seed, ranks };
}

// ---- the command

function option(words, name) {
  const at = words.indexOf(name);
  require(at >= 0 && words[at + 1], `${name} is missing`);
  return words[at + 1];
}

function options(words, name) {
  option(words, name);
  return words.filter((word, i) => words[i - 1] === name);
}

async function command(words) {
  const { readFile } = await import("node:fs/promises");
  const read = async (file) => decodeUtf8(await readFile(file));
  const keys = () => Promise.all(options(words, "--key").map(parseVerifierKey));
  switch (words[0]) {
    case "checkpoint": {
      const found = await openCheckpoint(await read(words[1]), await keys());
      return `ok  ${found.origin}, ${found.size} entries, root ${toHex(found.root)}`;
    }
    case "proof": {
      const leaf = fromHex(option(words, "--leaf"));
      const { index, checkpoint } = await verifyProofFile(await read(words[1]), leaf, await keys());
      return `ok  entry ${index} of ${checkpoint.origin}, under a checkpoint of ${checkpoint.size} entries`;
    }
    case "receipt": {
      const found = await verifyReceipt(JSON.parse(await read(words[1])));
      return `ok  ${found.kind} of agent ${found.agent}: entries ${found.leaves.join(", ")} of ${found.origin}`;
    }
    case "draw": {
      const { checkpoint, ranks } = await verifyDraw(JSON.parse(await read(words[1])), await keys());
      return `ok  of ${checkpoint.origin} at ${checkpoint.size} entries, by rank: ${ranks.join(" ")}`;
    }
    default:
      throw new Rejected("expected checkpoint, proof, receipt or draw, then a file");
  }
}

if (typeof process !== "undefined" && process.argv[1]?.endsWith("verify.mjs")) {
  try {
    console.log(await command(process.argv.slice(2)));
  } catch (failure) {
    const sentence = failure instanceof Rejected ? failure.message : `cannot be read: ${failure.message}`;
    console.error(`verify.mjs: ${sentence}`);
    process.exitCode = 1;
  }
}
