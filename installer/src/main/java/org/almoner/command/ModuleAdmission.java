package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.almoner.coordinator.batch.Admission;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.RefusedModule;
import org.almoner.workload.wasm.WasmModule;

/** Admits a Wasm module by the same rules the agents run it by. */
final class ModuleAdmission implements Admission {
  private final BlobShelf shelf;

  ModuleAdmission(BlobShelf shelf) {
    this.shelf = shelf;
  }

  @Override
  public Optional<String> refusal(BlobRef module, Allotment allotment) throws IOException {
    try (InputStream in =
        shelf.open(module.digest()).orElseThrow(() -> new IOException("the module is gone"))) {
      byte[] octets = in.readNBytes(ModuleLimits.MODULE_OCTETS_MAX + 1);
      var unused = WasmModule.admit(octets, new ModuleLimits(allotment.memoryPages()));
      return Optional.empty();
    } catch (RefusedModule e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
