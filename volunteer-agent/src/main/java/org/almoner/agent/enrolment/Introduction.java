package org.almoner.agent.enrolment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.sign.AgentKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.MalformedJson;

/**
 * The two records by which an agent introduces itself, each minted once and stored before it is
 * sent: its enrolment, and whose computer it is.
 */
public final class Introduction {
  private final Path enrolmentFile;
  private final Path links;
  private final Disk disk;
  private final String origin;
  private final AgentKey key;

  /** Keeps its files in {@code directory}, which it makes. */
  public Introduction(Path directory, Disk disk, String origin, AgentKey key) throws IOException {
    this.enrolmentFile = directory.resolve("enrolment.json");
    this.links = directory.resolve("links");
    this.disk = disk;
    this.origin = origin;
    this.key = key;
    disk.makeDirectory(links);
  }

  /** The enrolment to send: the one minted first, whatever the computer has become since. */
  public Envelope enrolment(String software, Computer computer) throws IOException {
    Optional<Envelope> minted = read(enrolmentFile, Envelope.Kind.ENROLMENT);
    if (minted.isPresent()) {
      return minted.get();
    }
    Enrolment enrolment =
        new Enrolment(
            origin,
            key.publicKey(),
            software,
            computer.os(),
            computer.arch(),
            computer.cores(),
            computer.memoryBytes());
    Envelope envelope = key.sign(Envelope.Kind.ENROLMENT, enrolment.toJson());
    RecordFile.write(disk, enrolmentFile, envelope.toJson());
    return envelope;
  }

  /**
   * Puts records aside that are damaged. An enrolment is minted again, a link has to be wished for
   * again.
   */
  public void mend(SetAside aside) throws IOException {
    aside.check(
        enrolmentFile,
        fields -> Envelope.parse(Envelope.Kind.ENROLMENT, fields),
        "this computer says anew who it is");
    for (Path file : disk.list(links)) {
      aside.check(
          file,
          fields -> Envelope.parse(Envelope.Kind.LINK, fields),
          "that link was not sent; say it again");
    }
  }

  /** Processors that the enrolment tells of, or will tell of when none was minted yet. */
  public int cores(Computer computer) throws IOException {
    Optional<Envelope> minted = read(enrolmentFile, Envelope.Kind.ENROLMENT);
    try {
      return minted.isPresent() ? Enrolment.parse(minted.get().open()).cores() : computer.cores();
    } catch (BadSignature | MalformedJson e) {
      throw new IOException(enrolmentFile + " holds no enrolment: " + e.getMessage(), e);
    }
  }

  /** Asks to be linked to the donor who drew {@code code}; sent when the coordinator is reached. */
  public void link(String code) throws IOException {
    mint(Link.Action.LINK, Link.digestOf(code));
  }

  /** Asks to belong to no donor from now on. */
  public void unlink() throws IOException {
    mint(Link.Action.UNLINK, Hash.ZERO);
  }

  /** The oldest link that is still to be sent. */
  public Optional<Envelope> pendingLink() throws IOException {
    for (Path file : disk.list(links)) {
      return read(file, Envelope.Kind.LINK);
    }
    return Optional.empty();
  }

  /** Forgets a link that was answered. */
  public void linkSettled(Envelope link) throws IOException {
    for (Path file : disk.list(links)) {
      if (read(file, Envelope.Kind.LINK).filter(link::equals).isPresent()) {
        disk.delete(file);
        return;
      }
    }
  }

  /** A file a wish, numbered: another process may note one while the agent sends another. */
  private void mint(Link.Action action, Hash codeDigest) throws IOException {
    Link link = new Link(origin, key.id(), action, codeDigest);
    Envelope envelope = key.sign(Envelope.Kind.LINK, link.toJson());
    List<Path> before = disk.list(links);
    if (!before.isEmpty()
        && read(before.get(before.size() - 1), Envelope.Kind.LINK)
            .filter(envelope::equals)
            .isPresent()) {
      return;
    }
    long number = before.isEmpty() ? 0 : number(before.get(before.size() - 1)) + 1;
    RecordFile.write(
        disk, links.resolve(String.format(Locale.ROOT, "%09d.json", number)), envelope.toJson());
  }

  private static long number(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (!name.matches("[0-9]{9}\\.json")) {
      throw new IOException(file + " is no link; move it elsewhere");
    }
    return Long.parseLong(name.substring(0, 9));
  }

  private Optional<Envelope> read(Path file, Envelope.Kind kind) throws IOException {
    return RecordFile.read(disk, file, fields -> Envelope.parse(kind, fields));
  }
}
