package org.almoner.command.bench;

import java.io.IOException;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;

/** How an agent's requests reach the coordinator; whoever is told to come back does. */
interface Sending {
  /** The fields of the good answer that there was in the end. */
  JsonFields send(String path, JsonValue.Obj body)
      throws IOException, InterruptedException, BenchFailed;
}
