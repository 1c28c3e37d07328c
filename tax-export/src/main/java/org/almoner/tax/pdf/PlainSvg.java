package org.almoner.tax.pdf;

import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The SVG that a logo may be: shapes and their colours, in one file. No text (it would need fonts),
 * no scripts, no pictures, no references to anything outside.
 *
 * @see <a href="https://www.w3.org/TR/SVG11/">Scalable Vector Graphics 1.1</a>
 */
final class PlainSvg {
  /** Most elements. */
  static final int ELEMENTS_MAX = 2_000;

  /** Deepest nesting. */
  static final int DEPTH_MAX = 32;

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final Set<String> ELEMENTS =
      Set.of(
          "svg",
          "g",
          "defs",
          "title",
          "desc",
          "path",
          "rect",
          "circle",
          "ellipse",
          "line",
          "polyline",
          "polygon",
          "linearGradient",
          "radialGradient",
          "stop",
          "clipPath");

  private static final Pattern REFERENCE =
      Pattern.compile("url\\s*\\((?!\\s*['\"]?#)|@import|script:|data:", Pattern.CASE_INSENSITIVE);
  private static final Pattern LENGTH =
      Pattern.compile("\\s*(\\d{1,6}(?:\\.\\d{1,6})?)(px|pt)?\\s*");
  private static final Pattern BOX =
      Pattern.compile("\\s*\\S+[\\s,]+\\S+[\\s,]+(\\d\\S{0,12})[\\s,]+(\\d\\S{0,12})\\s*");

  private PlainSvg() {}

  /**
   * Looks at every element and attribute.
   *
   * @return width in heights
   * @throws MalformedLogo naming the first that a logo may not have
   */
  static float check(byte[] svg) throws MalformedLogo {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    float ratio = 0;
    int elements = 0;
    int depth = 0;
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(svg));
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD
            || event == XMLStreamConstants.ENTITY_REFERENCE
            || event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
          throw new MalformedLogo(
              "the logo's SVG has a document type, an entity or an instruction; save it as plain"
                  + " SVG");
        }
        if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        }
        if (event != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        elements++;
        depth++;
        if (elements > ELEMENTS_MAX || depth > DEPTH_MAX) {
          throw new MalformedLogo(
              "the logo's SVG has more than "
                  + ELEMENTS_MAX
                  + " elements or more than "
                  + DEPTH_MAX
                  + " within one another; simplify it or save it as PNG");
        }
        checkElement(reader);
        if (elements == 1) {
          ratio = ratio(reader);
        }
      }
    } catch (XMLStreamException e) {
      throw new MalformedLogo("the logo is neither PNG nor well-formed SVG");
    }
    return ratio;
  }

  private static void checkElement(XMLStreamReader reader) throws MalformedLogo {
    String name = reader.getLocalName();
    if (!NAMESPACE.equals(reader.getNamespaceURI()) || !ELEMENTS.contains(name)) {
      throw new MalformedLogo(
          "the logo's SVG has the element <"
              + shown(name)
              + ">, which a logo may not have; save it as plain SVG with text turned into paths, or"
              + " as PNG");
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String attribute = reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
      String value = reader.getAttributeValue(i);
      boolean outside =
          attribute.equals("href") ? !value.startsWith("#") : REFERENCE.matcher(value).find();
      if (attribute.startsWith("on") || outside) {
        throw new MalformedLogo(
            "the logo's SVG has the attribute "
                + shown(attribute)
                + " that runs or fetches something; remove it");
      }
    }
  }

  private static float ratio(XMLStreamReader reader) throws MalformedLogo {
    String box = reader.getAttributeValue(null, "viewBox");
    String width = reader.getAttributeValue(null, "width");
    String height = reader.getAttributeValue(null, "height");
    try {
      Matcher parts = BOX.matcher(box == null ? "" : box);
      if (parts.matches()) {
        return Float.parseFloat(parts.group(1)) / Float.parseFloat(parts.group(2));
      }
      Matcher wide = LENGTH.matcher(width == null ? "" : width);
      Matcher high = LENGTH.matcher(height == null ? "" : height);
      if (wide.matches() && high.matches()) {
        return Float.parseFloat(wide.group(1)) / Float.parseFloat(high.group(1));
      }
    } catch (NumberFormatException e) {
      throw new MalformedLogo("the logo's SVG has a viewBox that is no four numbers");
    }
    throw new MalformedLogo(
        "the logo's SVG does not say its size; give its <svg> a viewBox of four numbers");
  }

  private static String shown(String name) {
    return name.length() > 30 ? name.substring(0, 30) + "…" : name;
  }
}
