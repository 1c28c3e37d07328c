package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.OptionalLong;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.blob.Blobs;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;

/** Public blobs and volunteers' outputs as the one shelf that decisions ask. */
final class TwoShelves implements BlobShelf {
  private final Blobs inputs;
  private final Blobs outputs;

  TwoShelves(Blobs inputs, Blobs outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  @Override
  public OptionalLong size(Hash digest) throws IOException {
    OptionalLong size = inputs.size(digest);
    return size.isPresent() ? size : outputs.size(digest);
  }

  @Override
  public Optional<InputStream> open(Hash digest) throws IOException {
    Optional<FileChannel> found = inputs.read(digest);
    return (found.isPresent() ? found : outputs.read(digest)).map(Channels::newInputStream);
  }

  @Override
  public Optional<InputStream> openSent(AgentId agent, Hash digest) throws IOException {
    return outputs.senders().contains(agent, digest)
        ? outputs.read(digest).map(Channels::newInputStream)
        : Optional.empty();
  }
}
