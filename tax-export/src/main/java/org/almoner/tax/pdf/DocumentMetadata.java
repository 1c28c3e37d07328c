package org.almoner.tax.pdf;

import com.itextpdf.kernel.pdf.PdfDocumentInfo;
import org.jspecify.annotations.Nullable;

/**
 * The description of a document for programs: XMP that repeats what its information dictionary
 * says, and states PDF/A-3a and PDF/UA-1.
 *
 * <p>Written out here, for the library would build it as a tree, parse it and write it again for
 * each document.
 *
 * @see <a href="https://www.iso.org/standard/57229.html">ISO 19005-3 (PDF/A-3), 6.6</a>
 */
final class DocumentMetadata {
  private DocumentMetadata() {}

  /**
   * The packet.
   *
   * @param day when the document was made, {@code 2027-01-15T00:00:00Z}
   */
  static String packet(PdfDocumentInfo info, String day) {
    return String.format(
        """
        <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
          <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about=""
                xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
                xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
                xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
                xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
                xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
                xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
                dc:format="application/pdf"
                pdf:Producer="%s"
                pdfaid:part="3"
                pdfaid:conformance="A"
                xmp:CreateDate="%s"
                xmp:ModifyDate="%s"
                pdfuaid:part="1">
              %s
              <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
              <pdfaExtension:schemas>
                <rdf:Bag>
                  <rdf:li rdf:parseType="Resource">
                    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
                    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
                    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
                    <pdfaSchema:property>
                      <rdf:Seq>
                        <rdf:li rdf:parseType="Resource">
                          <pdfaProperty:name>part</pdfaProperty:name>
                          <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                          <pdfaProperty:category>internal</pdfaProperty:category>
                          <pdfaProperty:description>PDF/UA version</pdfaProperty:description>
                        </rdf:li>
                      </rdf:Seq>
                    </pdfaSchema:property>
                  </rdf:li>
                </rdf:Bag>
              </pdfaExtension:schemas>
            </rdf:Description>
          </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="w"?>
        """,
        escaped(info.getProducer()), day, day, creator(info.getAuthor()), escaped(info.getTitle()));
  }

  /** The author, where the document has one. */
  private static String creator(@Nullable String author) {
    return author == null
        ? ""
        : "<dc:creator><rdf:Seq><rdf:li>" + escaped(author) + "</rdf:li></rdf:Seq></dc:creator>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
