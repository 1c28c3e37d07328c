package org.almoner.tax.worksheet;

/**
 * One text of a worksheet.
 *
 * @param part where it stands
 * @param text its words
 */
public record SheetLine(SheetPart part, String text) {}
