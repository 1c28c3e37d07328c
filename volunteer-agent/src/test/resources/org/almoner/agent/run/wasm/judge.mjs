// Runs metered modules one after the other, each with nothing but a file to write to, and prints a line
// for each: how it ended, what it counted, and the SHA-256 of what it wrote.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

for (const name of process.argv.slice(2)) {
  const written = createHash("sha256");
  let memory;
  const wasi = {
    path_open: (...args) => {
      new DataView(memory.buffer).setUint32(args[8], 5, true);
      return 0;
    },
    fd_write: (descriptor, vectors, count, total) => {
      const view = new DataView(memory.buffer);
      let octets = 0;
      for (let i = 0; i < count; i++) {
        const start = view.getUint32(vectors + 8 * i, true);
        const length = view.getUint32(vectors + 8 * i + 4, true);
        written.update(new Uint8Array(memory.buffer, start, length));
        octets += length;
      }
      view.setUint32(total, octets, true);
      return 0;
    },
  };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(name)), {
    wasi_snapshot_preview1: wasi,
  });
  memory = exports.memory;
  let end = "finished";
  try {
    exports._start();
  } catch (e) {
    if (!(e instanceof WebAssembly.RuntimeError)) {
      throw e;
    }
    end = "trapped";
  }
  console.log(`${end} ${exports["almoner:count"].value} ${written.digest("hex")}`);
}
