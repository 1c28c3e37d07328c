package org.almoner.agent.run.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A script of random calls for {@code calls.wasm}, the same for the same seed: mostly what programs
 * do, with bad descriptors, paths, numbers and pointers in between.
 */
final class CallScript {
  /** The functions by their numbers in {@code calls.c}. */
  private static final List<String> FUNCTIONS =
      List.of(
          "args_get",
          "args_sizes_get",
          "clock_res_get",
          "clock_time_get",
          "environ_get",
          "environ_sizes_get",
          "fd_advise",
          "fd_allocate",
          "fd_close",
          "fd_datasync",
          "fd_fdstat_get",
          "fd_fdstat_set_flags",
          "fd_fdstat_set_rights",
          "fd_filestat_get",
          "fd_filestat_set_size",
          "fd_filestat_set_times",
          "fd_pread",
          "fd_prestat_dir_name",
          "fd_prestat_get",
          "fd_pwrite",
          "fd_read",
          "fd_readdir",
          "fd_renumber",
          "fd_seek",
          "fd_sync",
          "fd_tell",
          "fd_write",
          "path_create_directory",
          "path_filestat_get",
          "path_filestat_set_times",
          "path_link",
          "path_open",
          "path_readlink",
          "path_remove_directory",
          "path_rename",
          "path_symlink",
          "path_unlink_file",
          "poll_oneoff",
          "random_get",
          "sched_yield");

  private static final int POLL = 37;

  private static final int EXIT = 40;
  private static final int POKE = 41;
  private static final int END = 42;

  /** Where the last 8 KiB of the memory begin, in which all is that calls point at. */
  private static final int ARENA = 524_288 - 8_192;

  private static final int PATH = 0;
  private static final int OTHER_PATH = 600;
  private static final int LONG_PATH = 1_200;
  private static final int VECTORS = 5_400;
  private static final int SUBSCRIPTIONS = 5_600;
  private static final int BUFFERS = 6_200;
  private static final int ANSWERS = 7_600;
  private static final int ARENA_OCTETS = 8_192;

  private static final long ALL_RIGHTS = (1L << 30) - 1;
  private static final long READ = 1L << 1;
  private static final long WRITE = 1L << 6;

  private static final List<byte[]> PATHS = paths();
  private static final List<Integer> VECTOR_LENGTHS =
      List.of(0, 1, 5, 24, 100, 300, 65_536, 65_537, 140_000);
  private static final List<Long> OFFSETS =
      List.of(
          0L,
          1L,
          3L,
          10L,
          100L,
          65_535L,
          65_536L,
          299_999L,
          300_000L,
          1L << 40,
          -1L,
          -3L,
          -100L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE - 1);

  /** One script in so many also has pointers that lead outside, which soon ends it. */
  private static final int HOSTILE = 3;

  private final SplittableRandom random;
  private final boolean hostile;
  private final List<String> emitted = new ArrayList<>();
  private final ByteBuffer out = ByteBuffer.allocate(180_000).order(ByteOrder.LITTLE_ENDIAN);

  private String poked = "";

  private CallScript(long seed) {
    this.random = new SplittableRandom(seed);
    this.hostile = seed % HOSTILE == 0;
  }

  private static List<byte[]> paths() {
    List<byte[]> paths = new ArrayList<>();
    for (String path :
        List.of(
            "a",
            "b",
            "c",
            "dir",
            "dir/x",
            "dir/y",
            "dir/sub",
            "dir/sub/z",
            "dir/sub/deeper",
            "other",
            "other/x",
            "./a",
            "dir/./x",
            "dir/../a",
            "dir/sub/../../b",
            "..",
            "../a",
            "dir/../..",
            ".",
            "./",
            "",
            "/",
            "/a",
            "a/",
            "dir/",
            "new/",
            "new//",
            "new/.",
            "dir//x",
            "a/x",
            "a/..",
            "text",
            "deep",
            "deep/er",
            "deep/er/x",
            "deep/",
            "script",
            "missing/x",
            "\u00e4\u20ac\ud83d\ude00",
            "a\u0080",
            "a\u009f",
            "a\u00a0",
            "a\0b",
            "tab\t",
            "del\u007f",
            "q?",
            "st*r",
            "c:",
            "<",
            ">",
            "|",
            "\"",
            "back\\slash",
            "x".repeat(100),
            "x".repeat(240),
            "x".repeat(241),
            "dir/" + "y".repeat(236),
            "dir/" + "y".repeat(237),
            "other/" + "z".repeat(230))) {
      paths.add(path.getBytes(StandardCharsets.UTF_8));
    }
    for (int[] octets :
        List.of(
            new int[] {0xff},
            new int[] {'a', 0xc3},
            new int[] {0xc0, 0x80},
            new int[] {0xed, 0xa0, 0x80},
            new int[] {0xe0, 0x9f, 0xbf},
            new int[] {0xf4, 0x90, 0x80, 0x80},
            new int[] {0xf0, 0x8f, 0xbf, 0xbf},
            new int[] {0xef, 0xbf, 0xbf},
            new int[] {0xf4, 0x8f, 0xbf, 0xbf})) {
      byte[] path = new byte[octets.length];
      for (int i = 0; i < octets.length; i++) {
        path[i] = (byte) octets[i];
      }
      paths.add(path);
    }
    return paths;
  }

  /** A script of at least {@code calls} calls. */
  static CallScript of(long seed, int calls) {
    CallScript script = new CallScript(seed);
    for (int i = 0; i < calls; i++) {
      script.call();
    }
    if (script.chance(4)) {
      script.out.putInt(EXIT).putInt(script.random.nextInt());
    }
    script.out.putInt(END);
    return script;
  }

  /** The octets of the file {@code script}. */
  byte[] octets() {
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Call number {@code index} for people, with what was poked before it. */
  String call(int index) {
    return index < emitted.size() ? emitted.get(index) : "the end";
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private boolean strays(int oneIn) {
    return hostile && chance(oneIn);
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void emit(int function, long... parameters) {
    emitted.add(poked + FUNCTIONS.get(function) + Arrays.toString(parameters));
    poked = "";
    out.putInt(function);
    for (long parameter : parameters) {
      out.putLong(parameter);
    }
  }

  private void poke(int offset, byte[] octets) {
    poked +=
        "at " + (ARENA + offset) + " " + new String(octets, StandardCharsets.ISO_8859_1) + "; ";
    out.putInt(POKE).putInt(offset).putInt(octets.length).put(octets);
    out.put(new byte[-octets.length & 3]);
  }

  private long fd() {
    return switch (random.nextInt(24)) {
      case 0 -> random.nextInt(3);
      case 1 -> any(List.of(-1L, 256L, 255L, 0x7fffffffL, 0x80000000L, 99L));
      case 2, 3, 4 -> 3;
      case 5, 6, 7, 8, 9, 10 -> 4;
      default -> 5 + random.nextInt(8);
    };
  }

  private long directory() {
    return chance(6) ? fd() : chance(4) ? 3 : 4;
  }

  /** Where an answer goes: rarely outside, or just at the end. */
  private long answer(int octets) {
    return switch (hostile ? random.nextInt(300) : 2 + random.nextInt(298)) {
      case 0 -> any(List.of(-1L, 0x80000000L, 0x7ffffffcL, 0xffff0000L, 524_288L, -8L));
      case 1 -> ARENA + ARENA_OCTETS - octets + 1L;
      case 2, 3 -> ARENA + ARENA_OCTETS - (long) octets;
      default -> ARENA + ANSWERS + 8L * random.nextInt(16);
    };
  }

  private long[] path(int offset) {
    if (strays(300)) {
      return new long[] {any(List.of(-1L, 524_287L, 0x80000000L)), 3};
    }
    if (chance(60)) {
      byte[] octets = new byte[any(List.of(4_096, 4_097))];
      Arrays.fill(octets, (byte) '.');
      for (int i = 1; i < octets.length; i += 2) {
        octets[i] = '/';
      }
      poke(LONG_PATH, octets);
      return new long[] {ARENA + LONG_PATH, octets.length};
    }
    byte[] octets = any(PATHS);
    poke(offset, octets);
    return new long[] {ARENA + offset, chance(100) ? any(List.of(-1L, 0L, 1L)) : octets.length};
  }

  private long[] vectors(boolean reads) {
    int count = random.nextInt(5);
    ByteBuffer vectors = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int length = any(VECTOR_LENGTHS);
      boolean small = reads || length < 1_000;
      int at = small ? ARENA + BUFFERS + random.nextInt(400) : random.nextInt(1_000);
      if (strays(250)) {
        at = any(List.of(-1, 524_288, 524_289, 0x80000000));
      }
      vectors.putInt(at).putInt(small ? length % 900 : length);
    }
    poke(VECTORS, vectors.array());
    return new long[] {
      strays(300) ? any(List.of(-8L, 524_284L)) : ARENA + VECTORS,
      chance(80) ? any(List.of(-1L, 1_025L, 0x80000000L)) : count
    };
  }

  private long offset() {
    return chance(3) ? random.nextInt(2_000) : any(OFFSETS);
  }

  private long rights() {
    return any(
        List.of(ALL_RIGHTS, ALL_RIGHTS, ALL_RIGHTS, READ, WRITE, READ | WRITE, 0L, -1L, 1L << 8));
  }

  private void call() {
    if (chance(5)) {
      poke(BUFFERS, Long.toString(random.nextLong(), 36).getBytes(StandardCharsets.US_ASCII));
    }
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> open();
      case 4, 5 -> readOrWrite();
      case 6, 7 -> names();
      case 8 -> world();
      case 9 -> poll();
      default ->
          any(List.<Runnable>of(this::open, this::readOrWrite, this::about, this::names)).run();
    }
  }

  private void open() {
    long how = chance(3) ? random.nextInt(16) : any(List.of(0L, 1L, 1L, 9L, 2L));
    long flags = chance(20) ? random.nextInt() : random.nextInt(2);
    long fd = directory();
    long[] path = path(PATH);
    emit(31, fd, random.nextInt(2), path[0], path[1], how, rights(), rights(), flags, answer(4));
  }

  private void readOrWrite() {
    switch (random.nextInt(4)) {
      case 0 -> {
        long[] v = vectors(true);
        emit(16, fd(), v[0], v[1], offset(), answer(4));
      }
      case 1 -> {
        long[] v = vectors(false);
        emit(19, fd(), v[0], v[1], offset(), answer(4));
      }
      case 2 -> {
        long[] v = vectors(true);
        emit(20, fd(), v[0], v[1], answer(4));
      }
      default -> {
        long[] v = vectors(false);
        long fd = fd();
        emit(26, fd >= 0 && fd < 3 ? 5 : fd, v[0], v[1], answer(4));
      }
    }
  }

  /** The console keeps its lines for the answers, so nothing is closed or moved over it. */
  private long notConsole() {
    long fd = fd();
    return fd == 1 ? 6 : fd;
  }

  private void about() {
    switch (random.nextInt(16)) {
      case 0 -> emit(6, fd(), offset(), offset(), random.nextInt(8));
      case 1 -> emit(7, fd(), offset(), offset());
      case 2 -> emit(8, chance(10) ? notConsole() : 5 + random.nextInt(8));
      case 3 -> emit(any(List.of(9, 24)), fd());
      case 4 -> emit(10, fd(), answer(24));
      case 5 -> emit(11, fd(), chance(4) ? random.nextInt() : random.nextInt(32));
      case 6 -> emit(12, chance(4) ? notConsole() : 5 + random.nextInt(8), rights(), rights());
      case 7 -> emit(13, fd(), answer(64));
      case 8 -> emit(14, fd(), offset());
      case 9 -> emit(15, fd(), offset(), offset(), random.nextInt(16));
      case 10 ->
          emit(
              17,
              chance(3) ? fd() : 3 + random.nextInt(2),
              answer(4),
              any(List.of(3L, 4L, 2L, 0L, -1L)));
      case 11 -> emit(18, chance(3) ? fd() : 3 + random.nextInt(2), answer(8));
      case 12, 13 ->
          emit(
              21,
              directory(),
              answer(64),
              any(List.of(0L, 10L, 24L, 25L, 60L, 300L, 500L, strays(20) ? -1L : 7L)),
              any(List.of(0L, 0L, 1L, 2L, 3L, 5L, 100L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)),
              ARENA + ANSWERS - 16);
      case 14 -> emit(22, notConsole(), notConsole());
      default -> {
        emit(23, fd(), offset(), chance(8) ? random.nextInt() : random.nextInt(4), answer(8));
        emit(25, fd(), answer(8));
      }
    }
  }

  private void names() {
    long fd = directory();
    long[] path = path(PATH);
    switch (random.nextInt(9)) {
      case 0, 1 -> emit(27, fd, path[0], path[1]);
      case 2 -> emit(28, fd, random.nextInt(2), path[0], path[1], answer(64));
      case 3 ->
          emit(29, fd, random.nextInt(2), path[0], path[1], offset(), offset(), random.nextInt(16));
      case 4 -> emit(33, fd, path[0], path[1]);
      case 5, 6 -> {
        long toFd = directory();
        long[] to = path(OTHER_PATH);
        emit(34, fd, path[0], path[1], toFd, to[0], to[1]);
      }
      case 7 -> emit(36, fd, path[0], path[1]);
      default -> {
        emit(32, fd, path[0], path[1], answer(4), 10, answer(4));
        emit(30, fd, 0, path[0], path[1], fd(), path[0], path[1]);
        emit(35, path[0], path[1], fd, path[0], path[1]);
      }
    }
  }

  private void world() {
    switch (random.nextInt(7)) {
      case 0 -> emit(0, answer(8), answer(60));
      case 1 -> emit(1, answer(4), answer(4));
      case 2 -> emit(2, clock(), answer(8));
      case 3 -> emit(3, clock(), offset(), answer(8));
      case 4 -> emit(any(List.of(4, 5)), answer(4), answer(4));
      case 5 ->
          emit(38, answer(100), any(List.of(0L, 1L, 31L, 32L, 33L, 100L, strays(40) ? -1L : 7L)));
      default -> emit(39);
    }
  }

  private long clock() {
    return chance(6) ? any(List.of(-1L, 4L, 0x80000000L)) : random.nextInt(4);
  }

  private void poll() {
    int count = random.nextInt(5);
    ByteBuffer from = ByteBuffer.allocate(48 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int at = 48 * i;
      from.putLong(at, random.nextLong());
      from.put(at + 8, (byte) (chance(4) ? random.nextInt(256) : 0));
      from.putInt(at + 16, (int) clock());
      from.putLong(
          at + 24,
          any(
              List.of(
                  0L, 1L, 1_000L, 5_000_000L, -1L, Long.MAX_VALUE, 1_767_225_600_000_100_000L)));
      from.putShort(at + 40, (short) random.nextInt(3));
    }
    poke(SUBSCRIPTIONS, from.array());
    emit(
        POLL,
        strays(200) ? any(List.of(-8L, 524_280L)) : ARENA + SUBSCRIPTIONS,
        ARENA + ANSWERS,
        chance(40) ? any(List.of(-1L, 1_025L, 0L)) : count,
        answer(4));
  }
}
