package org.almoner.workload.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a file is compared as, when not octet by octet. */
public enum Form {
  /** JSON text: white space, the order of members and the spelling of numbers do not matter. */
  JSON("json", 'j'),
  /** Comma-separated values: line ends, quotes that need not be and the last line end do not. */
  CSV("csv", 'c'),
  /** Columns of numbers, which may differ by as much as the batch says. */
  NUMBERS("numbers", 'n');

  private final String word;
  private final char mark;

  Form(String word, char mark) {
    this.word = word;
    this.mark = mark;
  }

  /** As it stands in a batch. */
  public String word() {
    return word;
  }

  /** As it stands in a comparison digest. */
  char mark() {
    return mark;
  }

  /** The form of that name. */
  public static Optional<Form> of(String word) {
    return Arrays.stream(values()).filter(form -> form.word.equals(word)).findFirst();
  }

  /** All words there are. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Form::word).toList();
  }
}
