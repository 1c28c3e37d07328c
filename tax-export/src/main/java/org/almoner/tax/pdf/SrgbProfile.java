package org.almoner.tax.pdf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An ICC profile for sRGB: the output intent that PDF/A asks for, computed here so that no foreign
 * file is shipped.
 *
 * <p>Version 4.2, display device, matrix and tone curve. Primaries and white point of IEC 61966-2-1
 * adapted to D50 with the Bradford matrix; the curve is the parametric one with exponent 2.4.
 *
 * @see <a href="https://www.color.org/specification/ICC1v42_2006-05.pdf">ICC.1:2004-10 (profile
 *     version 4.2)</a>
 */
final class SrgbProfile {
  private static final int HEADER = 128;
  private static final int TAG_ENTRY = 12;
  private static final int FIXED_ONE = 1 << 16;

  private static final double[] D50 = {0.9642, 1.0, 0.8249};
  private static final double[] RED = {0.436065, 0.222491, 0.013916};
  private static final double[] GREEN = {0.385147, 0.716873, 0.097076};
  private static final double[] BLUE = {0.143066, 0.060608, 0.714096};

  /** Bradford adaptation from D65 to D50. */
  private static final double[] ADAPTATION = {
    1.047882, 0.022919, -0.050201, 0.029587, 0.990479, -0.017059, -0.009232, 0.015076, 0.751678
  };

  /** g, a, b, c, d of {@code Y = (aX + b)^g} above d, {@code Y = cX} below. */
  private static final double[] CURVE = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};

  private SrgbProfile() {}

  /** The profile; always the same octets. */
  static byte[] octets() {
    Map<String, byte[]> tags = new LinkedHashMap<>();
    tags.put("desc", text("sRGB"));
    tags.put("cprt", text("No copyright, use freely"));
    tags.put("wtpt", numbers("XYZ ", D50));
    tags.put("chad", numbers("sf32", ADAPTATION));
    tags.put("rXYZ", numbers("XYZ ", RED));
    tags.put("gXYZ", numbers("XYZ ", GREEN));
    tags.put("bXYZ", numbers("XYZ ", BLUE));
    byte[] curve = curve();
    tags.put("rTRC", curve);
    tags.put("gTRC", curve);
    tags.put("bTRC", curve);

    ByteBuffer table = ByteBuffer.allocate(4 + TAG_ENTRY * tags.size());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int start = HEADER + table.capacity();
    int curveAt = 0;
    table.putInt(tags.size());
    for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
      boolean shared = tag.getValue() == curve && curveAt > 0;
      int at = shared ? curveAt : start + data.size();
      table.put(tag.getKey().getBytes(StandardCharsets.US_ASCII));
      table.putInt(at).putInt(tag.getValue().length);
      if (!shared) {
        data.writeBytes(tag.getValue());
        data.writeBytes(new byte[-data.size() & 3]);
        curveAt = tag.getValue() == curve ? at : curveAt;
      }
    }
    int size = start + data.size();
    return ByteBuffer.allocate(size)
        .put(header(size))
        .put(table.array())
        .put(data.toByteArray())
        .array();
  }

  private static byte[] header(int size) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putInt(size).putInt(0).putInt(0x0420_0000);
    header.put("mntrRGB XYZ ".getBytes(StandardCharsets.US_ASCII));
    header.putShort((short) 2026).putShort((short) 1).putShort((short) 1);
    header.position(36);
    header.put("acsp".getBytes(StandardCharsets.US_ASCII));
    header.position(68);
    for (double value : D50) {
      header.putInt(fixed(value));
    }
    return header.array();
  }

  /** A multi-localized Unicode text with one English record. */
  private static byte[] text(String text) {
    byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
    return ByteBuffer.allocate(28 + utf16.length)
        .put("mluc".getBytes(StandardCharsets.US_ASCII))
        .putInt(0)
        .putInt(1)
        .putInt(12)
        .put("enUS".getBytes(StandardCharsets.US_ASCII))
        .putInt(utf16.length)
        .putInt(28)
        .put(utf16)
        .array();
  }

  private static byte[] numbers(String type, double[] values) {
    ByteBuffer tag = ByteBuffer.allocate(8 + 4 * values.length);
    tag.put(type.getBytes(StandardCharsets.US_ASCII)).putInt(0);
    for (double value : values) {
      tag.putInt(fixed(value));
    }
    return tag.array();
  }

  private static byte[] curve() {
    ByteBuffer tag = ByteBuffer.allocate(12 + 4 * CURVE.length);
    tag.put("para".getBytes(StandardCharsets.US_ASCII)).putInt(0).putShort((short) 3);
    tag.putShort((short) 0);
    for (double value : CURVE) {
      tag.putInt(fixed(value));
    }
    return tag.array();
  }

  private static int fixed(double value) {
    return (int) Math.round(value * FIXED_ONE);
  }
}
