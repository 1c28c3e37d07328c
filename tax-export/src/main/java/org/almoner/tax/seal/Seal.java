package org.almoner.tax.seal;

import com.itextpdf.forms.PdfAcroForm;
import com.itextpdf.forms.PdfSigFieldLock;
import com.itextpdf.forms.fields.PdfFormCreator;
import com.itextpdf.forms.fields.PdfSignatureFormField;
import com.itextpdf.kernel.exceptions.PdfException;
import com.itextpdf.kernel.pdf.PdfDate;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.kernel.pdf.annot.PdfAnnotation;
import com.itextpdf.kernel.xmp.XMPMeta;
import com.itextpdf.kernel.xmp.XMPMetaFactory;
import com.itextpdf.signatures.AccessPermissions;
import com.itextpdf.signatures.IExternalSignatureContainer;
import com.itextpdf.signatures.PdfSigner;
import com.itextpdf.signatures.SignerProperties;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.regex.Pattern;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.pdf.StatementPdf;
import org.jspecify.annotations.Nullable;

/**
 * Puts the charity's seal on a document: a PAdES signature over the whole file, which forbids any
 * later change; of level B-B, or B-T when an authority attests its time.
 *
 * <p>The seal is appended: the unsealed file is the beginning of the sealed one, octet for octet.
 */
public final class Seal {
  /**
   * Room for a signature container without a time stamp, in octets: the first holds one with a
   * P-256 certificate alone, the second one with RSA and a chain.
   */
  static final List<Integer> PLAIN_BYTES = List.of(2_048, 8_192);

  /**
   * Room for a container with a time stamp. No container without one has it, and the room is
   * signed: so a stamp that was taken off is missed.
   */
  static final int STAMPED_BYTES = 16_384;

  static final PdfName SUB_FILTER = PdfName.ETSI_CAdES_DETACHED;

  private Seal() {}

  /**
   * The sealed document, without a time stamp.
   *
   * @param unsealed a document of {@link StatementPdf}
   * @param key the charity's key
   * @param at time of sealing, kept to the second
   * @throws SealRefused when the key's certificate is not valid then
   * @throws IllegalArgumentException when {@code unsealed} is no PDF with an empty seal field
   */
  public static byte[] seal(byte[] unsealed, SealKey key, Instant at) throws SealRefused {
    return Sealer.with(key).seal(unsealed, at);
  }

  /** As {@link Sealer#seal}, whether the certificate is valid or not. */
  static byte[] unguarded(byte[] unsealed, SealKey key, List<Stamper> stampers, Instant at)
      throws SealRefused {
    ZonedDateTime time = at.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneOffset.UTC);
    ByteArrayOutputStream out = new ByteArrayOutputStream(unsealed.length + 2 * STAMPED_BYTES);
    try (PdfReader reader = new PdfReader(new ByteArrayInputStream(unsealed))) {
      KeepingSigner signer = new KeepingSigner(reader, out);
      if (!signer.hasEmptyField()) {
        throw new IllegalArgumentException(
            "the document has no empty field named " + StatementPdf.SEAL_FIELD + " to seal");
      }
      signer.setSignerProperties(
          new SignerProperties()
              .setFieldName(StatementPdf.SEAL_FIELD)
              .setClaimedSignDate(GregorianCalendar.from(time))
              .setCertificationLevel(AccessPermissions.NO_CHANGES_PERMITTED));
      signer.stampModified(time);
      signer.signExternalContainer(
          new Container(key, stampers, at), stampers.isEmpty() ? key.room() : STAMPED_BYTES);
    } catch (SealRefused e) {
      throw e;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof SealRefused refused) {
        throw refused;
      }
      throw e;
    } catch (PdfException | com.itextpdf.io.exceptions.IOException | IOException e) {
      throw new IllegalArgumentException("the document cannot be sealed: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform cannot sign: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }

  /**
   * The signature container over a document of that digest.
   *
   * @throws SealRefused when there is no time stamp to be had though one is asked for
   */
  static byte[] container(Hash document, SealKey key, List<Stamper> stampers, Instant at)
      throws SealRefused {
    List<Bytes> certificates = key.certificates();
    Bytes signature = Bytes.of(key.sign(SealContainer.signedAttributes(certificates, document)));
    SealContainer container = new SealContainer(certificates, signature);
    if (stampers.isEmpty()) {
      return container.encode(document);
    }
    byte[] stamped = container.stamped(stampers.get(0).stamp(signature, at)).encode(document);
    if (stamped.length > STAMPED_BYTES) {
      throw new SealRefused(
          "the seal with its time stamp has "
              + stamped.length
              + " octets, more than the "
              + STAMPED_BYTES
              + " there is room for; use an authority whose certificates are fewer");
    }
    return stamped;
  }

  /** Digest of what the signature covers. */
  private static Hash digest(InputStream covered) throws IOException {
    MessageDigest digest = Hash.newDigest();
    byte[] buffer = new byte[8192];
    // Read by hand: this library's stream answers -1 once and then moves on, which defeats
    // InputStream.readAllBytes.
    for (int n = covered.read(buffer); n > 0; n = covered.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return Hash.of(digest.digest());
  }

  /** Makes the CMS structure with our own code. */
  private record Container(SealKey key, List<Stamper> stampers, Instant at)
      implements IExternalSignatureContainer {
    @Override
    public byte[] sign(InputStream covered) {
      try {
        return container(digest(covered), key, stampers, at);
      } catch (IOException e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public void modifySigningDictionary(PdfDictionary dictionary) {
      dictionary.put(PdfName.Filter, PdfName.Adobe_PPKLite);
      dictionary.put(PdfName.SubFilter, SUB_FILTER);
    }
  }

  /** A signer that leaves the drawn field as it is: redrawing one fails in PDF/A. */
  private static final class KeepingSigner extends PdfSigner {
    KeepingSigner(PdfReader reader, OutputStream out) throws IOException {
      super(reader, out, new StampingProperties().useAppendMode());
    }

    @Override
    protected PdfDocument initDocument(
        PdfReader reader, PdfWriter writer, StampingProperties properties) {
      return new SealedDocument(reader, writer, properties);
    }

    boolean hasEmptyField() {
      PdfAcroForm form = PdfFormCreator.getAcroForm(getDocument(), false);
      return form != null
          && form.getField(StatementPdf.SEAL_FIELD) instanceof PdfSignatureFormField field
          && field.getValue() == null;
    }

    void stampModified(ZonedDateTime time) {
      String date = "D:" + DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").format(time);
      getDocument().getDocumentInfo().setMoreInfo(PdfName.ModDate.getValue(), date);
    }

    @Override
    protected @Nullable PdfSigFieldLock populateExistingSignatureFormField(PdfAcroForm form) {
      PdfSignatureFormField field =
          (PdfSignatureFormField) form.getField(getSignerProperties().getFieldName());
      field.getPdfObject().put(PdfName.V, getSignatureDictionary().getPdfObject());
      field.getPdfObject().setModified();
      PdfDictionary widget = field.getWidgets().get(0).getPdfObject();
      widget.put(PdfName.F, new PdfNumber(PdfAnnotation.PRINT | PdfAnnotation.LOCKED));
      widget.setModified();
      return field.getSigFieldLockDictionary();
    }
  }

  /**
   * The document in the course of being sealed. Its XMP packet gets the time of sealing as text:
   * the library would parse it as a tree, several times, which took a tenth of a receipt's time.
   */
  private static final class SealedDocument extends PdfDocument {
    private static final long serialVersionUID = 1L;

    private static final Pattern MODIFIED = Pattern.compile("(xmp:ModifyDate=\")[^\"]*");

    SealedDocument(PdfReader reader, PdfWriter writer, StampingProperties properties) {
      super(reader, writer, properties);
    }

    @Override
    public XMPMeta getXmpMetadata(boolean createNew) {
      return XMPMetaFactory.create();
    }

    @Override
    protected void updateXmpMetadata() {
      byte[] packet = getXmpMetadataBytes();
      if (packet != null) {
        String day = PdfDate.getW3CDate(getDocumentInfo().getMoreInfo(PdfName.ModDate.getValue()));
        String text = new String(packet, StandardCharsets.UTF_8);
        setXmpMetadata(
            MODIFIED.matcher(text).replaceFirst("$1" + day).getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
