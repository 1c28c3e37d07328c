package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;

/**
 * Documents that were issued to donors, those that stand no more among them; kept elsewhere, asked
 * on any thread.
 */
public interface IssuedDocuments {
  /** What was issued to {@code donor}, in order of the numbers. */
  List<Issued> of(DonorId donor);

  /**
   * One file of a document; empty when there is none of that number for {@code donor}.
   *
   * @throws IOException when it cannot be read
   */
  Optional<Bytes> file(DonorId donor, String number, Part part) throws IOException;

  /**
   * A document.
   *
   * @param from first day of its period
   * @param to last day of its period
   * @param state whether it still stands
   * @param replacedBy number of the one that stands in its place; empty unless it was replaced
   * @param reason why it was cancelled; empty unless it was
   */
  record Issued(
      String number,
      LocalDate from,
      LocalDate to,
      LocalDate issuedOn,
      State state,
      String replacedBy,
      String reason) {}

  /** What became of a document. */
  enum State {
    /** It stands. */
    STANDS,
    /** Another one stands in its place. */
    REPLACED,
    /** It counts no more. */
    CANCELLED
  }

  /** A file of a document. */
  enum Part {
    /** The sealed statement. */
    PDF("pdf", "application/pdf", ".pdf"),
    /** Openings and proofs of its lines. */
    EVIDENCE("evidence", "application/zip", ".evidence.zip");

    private final String path;
    private final String type;
    private final String ending;

    Part(String path, String type, String ending) {
      this.path = path;
      this.type = type;
      this.ending = ending;
    }

    /** The last part of its address. */
    public String path() {
      return path;
    }

    /** Its media type. */
    public String type() {
      return type;
    }

    /** Name of the file of document {@code number}. */
    public String fileName(String number) {
      return number + ending;
    }

    /** The part that address ends with, where there is one. */
    public static Optional<Part> of(String path) {
      for (Part part : values()) {
        if (part.path.equals(path)) {
          return Optional.of(part);
        }
      }
      return Optional.empty();
    }
  }
}
