package org.almoner.tax.pdf;

import com.itextpdf.commons.actions.EventManager;
import com.itextpdf.commons.exceptions.ITextException;
import com.itextpdf.kernel.pdf.MemoryLimitsAwareHandler;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfReader.StrictnessLevel;
import com.itextpdf.kernel.pdf.ReaderProperties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A PDF that came from anybody, opened with bounds on size and memory.
 *
 * <p>Files that the library would repair are refused: what it guessed is not what was sealed.
 * Callers must expect unchecked exceptions from everything they ask of {@link #document}: objects
 * are read when they are asked for.
 */
public final class UntrustedPdf implements AutoCloseable {
  /** Largest file opened, in octets. */
  public static final int FILE_BYTES_MAX = 8 << 20;

  private static final int UNPACKED_BYTES_MAX = 64 << 20;
  private static final int OBJECTS_MAX = 100_000;
  private static final byte[] HEADER = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);

  static {
    underTheAgpl();
  }

  private final PdfReader reader;
  private final PdfDocument document;

  private UntrustedPdf(PdfReader reader, PdfDocument document) {
    this.reader = reader;
    this.document = document;
  }

  /**
   * Tells the library that this program is under the AGPL, as it is. Otherwise it says so itself
   * every so many documents, on standard output, where programs read JSON.
   */
  static void underTheAgpl() {
    EventManager.acknowledgeAgplUsageDisableWarningMessage();
  }

  /**
   * Opens a file.
   *
   * @throws MalformedDocument when it is too large, no PDF 1.7, damaged or encrypted
   */
  public static UntrustedPdf open(byte[] file) throws MalformedDocument {
    if (file.length > FILE_BYTES_MAX) {
      throw new MalformedDocument(
          "the file has " + file.length + " octets; a statement has at most " + FILE_BYTES_MAX);
    }
    if (!Arrays.equals(Arrays.copyOf(file, HEADER.length), HEADER)) {
      throw new MalformedDocument("the file does not begin like a PDF 1.7");
    }
    UntrustedPdf opened;
    try {
      PdfReader reader =
          new PdfReader(
                  new ByteArrayInputStream(file),
                  new ReaderProperties().setMemoryLimitsAwareHandler(new Bounds()))
              .setStrictnessLevel(StrictnessLevel.CONSERVATIVE);
      opened = new UntrustedPdf(reader, new PdfDocument(reader));
    } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
      throw new MalformedDocument("the file is no PDF that can be read: " + reason(e));
    }
    if (opened.reader.hasRebuiltXref()
        || opened.reader.hasFixedXref()
        || opened.reader.isEncrypted()) {
      opened.close();
      throw new MalformedDocument("the file's table of objects is damaged, or it is encrypted");
    }
    return opened;
  }

  /** Bounds on memory that hold for every stream, not only for those packed twice. */
  private static final class Bounds extends MemoryLimitsAwareHandler {
    Bounds() {
      setMaxSizeOfSingleDecompressedPdfStream(UNPACKED_BYTES_MAX);
      setMaxSizeOfDecompressedPdfStreamsSum(UNPACKED_BYTES_MAX);
      setMaxNumberOfElementsInXrefStructure(OBJECTS_MAX);
    }

    @Override
    public boolean isMemoryLimitsAwarenessRequiredOnDecompression(PdfArray filters) {
      return true;
    }

    @Override
    public MemoryLimitsAwareHandler createNewInstance() {
      return new Bounds();
    }
  }

  /** What the library said of a file it could not read; its accidents are not worth quoting. */
  public static String reason(Throwable cause) {
    return cause instanceof ITextException && cause.getMessage() != null
        ? cause.getMessage()
        : "it is malformed";
  }

  /** How the file is read. */
  public PdfReader reader() {
    return reader;
  }

  /** What it says. */
  public PdfDocument document() {
    return document;
  }

  @Override
  public void close() {
    try {
      document.close();
    } catch (RuntimeException e) {
      // A malformed file may fail once more on closing; nothing was written that could be lost.
      return;
    }
  }
}
