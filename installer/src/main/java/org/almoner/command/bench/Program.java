package org.almoner.command.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What this room needs of the command it belongs to. */
public interface Program {
  /**
   * The command line that serves a coordinator from {@code data} on a free port of this computer,
   * and ends it when its standard input ends.
   *
   * @param jvm options for its Java
   */
  List<String> coordinator(Path data, List<String> jvm);

  /**
   * The command line of an agent that lends to {@code coordinator} from the folder {@code home}.
   */
  List<String> agent(Path home, URI coordinator);

  /**
   * Shows a line that the next one replaces; where nobody is watching, once for each {@code
   * milestone}.
   */
  void progress(String line, long milestone);
}
