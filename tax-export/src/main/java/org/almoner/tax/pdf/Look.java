package org.almoner.tax.pdf;

import com.itextpdf.kernel.colors.Color;
import com.itextpdf.kernel.colors.DeviceRgb;

/** Colours, sizes and distances of the page; lengths in points. */
final class Look {
  static final Color NAVY = new DeviceRgb(0x14, 0x34, 0x4f);
  static final Color MINT = new DeviceRgb(0x7c, 0xc4, 0xae);
  static final Color INK = new DeviceRgb(0x1a, 0x1f, 0x25);
  static final Color GREY = new DeviceRgb(0x52, 0x5c, 0x67);
  static final Color BAND = new DeviceRgb(0xf1, 0xf5, 0xf8);
  static final Color PAPER = new DeviceRgb(0xff, 0xff, 0xff);
  static final Color HAIRLINE = new DeviceRgb(0xb4, 0xbe, 0xc8);

  static final float MARGIN_SIDE = 50;
  static final float MARGIN_TOP = 24;
  static final float MARGIN_BOTTOM = 30;
  static final float FOOTER_BASELINE = 16;

  /** Between the parts of the page. */
  static final float BLOCK_GAP = 6;

  static final float MARK_SIZE = 42;
  static final float MARK_WIDTH_MAX = 126;
  static final float MARK_GAP = 12;

  /** Of the letterhead's width, in hundredths. */
  static final float ADDRESS_SHARE = 31;

  static final float NAME_SIZE = 18.5f;
  static final float TITLE_SIZE = 19;
  static final float TITLE_SIZE_LONG = 14.5f;

  /** Most characters that fit on a line in the larger size. */
  static final int TITLE_LENGTH = 46;

  static final float BODY_SIZE = 8.6f;
  static final float HEADING_SIZE = 9.6f;
  static final float SMALL_SIZE = 7.4f;
  static final float HASH_SIZE = 6.9f;
  static final float CODE_SIZE = 100;
  static final float SEAL_WIDTH = 494;
  static final float SEAL_GAP = 10;

  /** Height that the seal takes with everything around it; measured, with some to spare. */
  static final float SEAL_ROOM = 41;

  static final float SEAL_HEIGHT = 30;

  private Look() {}
}
