package org.almoner.tax.jurisdiction;

/**
 * One thing that is wrong with a file of this room.
 *
 * @param line of the file, from 1 on
 * @param field which field, such as {@code mandatory_lines[2].text.de}; {@code (root)} for the file
 * @param problem what came and what was expected
 */
public record ProfileFault(int line, String field, String problem) {
  /** The fault as one sentence. */
  public String sentence() {
    return "line " + line + ": field " + field + ": " + problem;
  }
}
