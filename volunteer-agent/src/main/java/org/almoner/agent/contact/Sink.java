package org.almoner.agent.contact;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.almoner.protocol.bytes.Bytes;

/** Takes a response body piece by piece. */
interface Sink {
  /** Takes the next piece. */
  void take(ByteBuffer piece) throws IOException;

  /** What is handed on as the body once all is there. */
  Bytes end() throws IOException;

  /** Called instead of {@link #end} when the body breaks off. */
  void abandon();
}
