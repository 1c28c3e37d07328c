package org.almoner.trials.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Modules that mean no good, put together octet by octet.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#binary-format">the binary format</a>
 */
public final class Guests {
  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;

  private static final byte[] NO_IMPORT = {};
  private static final byte[] NO_DATA = {};

  /** The type of {@code _start}, and of {@code path_open}. */
  private static final byte[] TYPES =
      octets(
          3, 0x60, 0, 0, 0x60, 9, I32, I32, I32, I32, I32, I64, I64, I32, I32, 1, I32, 0x60, 1, I32,
          0);

  private static final String ESCAPED = "escaped";

  private static final int DATA_AT = 16;
  private static final int FIRST_PREOPENED = 3;
  private static final int TRIED_DESCRIPTORS = 4;
  private static final int REFUSED_EXIT = 33;

  private Guests() {}

  /** No WebAssembly at all. */
  public static byte[] script() {
    return "#!/bin/sh\nrm -rf /\n".getBytes(StandardCharsets.UTF_8);
  }

  /** Valid up to the middle of its code. */
  public static byte[] cutShort() {
    byte[] whole = endless();
    return java.util.Arrays.copyOf(whole, whole.length - 3);
  }

  /** Its code section says that it goes on behind the module's end. */
  public static byte[] sectionBeyondTheEnd() {
    return join(octets(0, 'a', 's', 'm', 1, 0, 0, 0), octets(10, 0xff, 0xff, 0xff, 0xff, 0x0f, 1));
  }

  /** One of the modules that the engines are tested with. */
  public static byte[] tested(String name) {
    Path modules =
        Path.of(
            System.getProperty("almoner.root"),
            "volunteer-agent/src/test/resources/org/almoner/agent/run/wasm");
    try {
      return Files.readAllBytes(modules.resolve(name + ".wasm"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its one function leaves a number where nothing is expected. */
  public static byte[] illTyped() {
    return module(NO_IMPORT, 0, octets(0x41, 1), 1, NO_DATA);
  }

  /** Wants a function that is no part of the profile: a socket. */
  public static byte[] wantsTheNetwork() {
    byte[] socket = function("wasi_snapshot_preview1", "sock_open", 2);
    return module(join(octets(1), socket), 1, octets(), 1, NO_DATA);
  }

  /** Wants a function of the host's own. */
  public static byte[] wantsTheHost() {
    byte[] system = function("env", "system", 2);
    return module(join(octets(1), system), 1, octets(), 1, NO_DATA);
  }

  /** Asks for more memory from the start than any unit of the trial is allotted. */
  public static byte[] tooLargeAtBirth() {
    return module(NO_IMPORT, 0, octets(), 100, NO_DATA);
  }

  /** {@code loop br 0}. */
  public static byte[] endless() {
    return module(NO_IMPORT, 0, octets(0x03, 0x40, 0x0c, 0, 0x0b), 1, NO_DATA);
  }

  /** Takes page after page, and traps when it gets no more. */
  public static byte[] greedy() {
    byte[] body =
        octets(
            0x03, 0x40, 0x41, 1, 0x40, 0, 0x41, 0x7f, 0x46, 0x04, 0x40, 0x00, 0x0b, 0x0c, 0, 0x0b);
    return module(NO_IMPORT, 0, body, 1, NO_DATA);
  }

  /** {@code unreachable}. */
  public static byte[] trapping() {
    return module(NO_IMPORT, 0, octets(0x00), 1, NO_DATA);
  }

  /** Tries to make a file above every directory it was given. */
  public static byte[] escaping() {
    return opening("../../../" + ESCAPED);
  }

  /** Does the same within the directories it was given. */
  public static byte[] staying() {
    return opening(ESCAPED);
  }

  /**
   * Makes a file at {@code path}, seen from any directory it was given. Ends well where it
   * succeeds; else with a code of its own.
   */
  private static byte[] opening(String path) {
    byte[] imports =
        join(
            octets(2),
            function("wasi_snapshot_preview1", "path_open", 1),
            function("wasi_snapshot_preview1", "proc_exit", 2));
    byte[] body = octets(0x02, 0x40); // block
    for (int fd = FIRST_PREOPENED; fd < FIRST_PREOPENED + TRIED_DESCRIPTORS; fd++) {
      body =
          join(
              body,
              octets(0x41, fd, 0x41, 0, 0x41, DATA_AT, 0x41, path.length()), // fd, flags, path
              octets(0x41, 1, 0x42, 0xc0, 0, 0x42, 0), // create, with the right to write
              octets(0x41, 0, 0x41, 0, 0x10, 0), // no fd flags, result at 0, call path_open
              octets(0x45, 0x0d, 0)); // opened: leave the block
    }
    body = join(body, octets(0x41, REFUSED_EXIT, 0x10, 1, 0x0b)); // proc_exit, end
    byte[] text = path.getBytes(StandardCharsets.US_ASCII);
    byte[] data = join(octets(1, 0, 0x41, DATA_AT, 0x0b, text.length), text);
    return module(imports, 2, body, 1, data);
  }

  /** What {@link #escaping} ends with when every attempt was refused. */
  public static int refusedExit() {
    return REFUSED_EXIT;
  }

  /** Name of the file it tries to make. */
  public static String escaped() {
    return ESCAPED;
  }

  private static byte[] module(byte[] imports, int imported, byte[] body, int pages, byte[] data) {
    byte[] code = join(octets(0), body, octets(0x0b)); // no locals, the end
    return join(
        octets(0, 'a', 's', 'm', 1, 0, 0, 0),
        section(1, TYPES),
        imports.length == 0 ? NO_IMPORT : section(2, imports),
        section(3, octets(1, 0)),
        section(5, octets(1, 0, pages)),
        section(
            7, join(octets(2), name("memory"), octets(2, 0), name("_start"), octets(0, imported))),
        section(10, join(octets(1), sized(code))),
        data.length == 0 ? NO_DATA : section(11, data));
  }

  private static byte[] function(String module, String name, int type) {
    return join(name(module), name(name), octets(0, type));
  }

  private static byte[] section(int id, byte[] content) {
    return join(octets(id), sized(content));
  }

  private static byte[] sized(byte[] content) {
    return join(octets((content.length & 0x7f) | 0x80, content.length >> 7), content);
  }

  private static byte[] name(String text) {
    return join(octets(text.length()), text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] octets(int... values) {
    byte[] octets = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      octets[i] = (byte) values[i];
    }
    return octets;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
