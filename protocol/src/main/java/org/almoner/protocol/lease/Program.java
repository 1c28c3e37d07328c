package org.almoner.protocol.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** What of a release is run: a Wasm module, or programs for the platforms they were built for. */
public sealed interface Program {
  /** Most platforms of one release. */
  int PLATFORMS_MAX = 8;

  /** Most files of one release, over all its platforms. */
  int FILES_MAX = 64;

  /** Name of the runtime, as releases give it. */
  String runtime();

  /** Every file it names, in order. */
  List<BlobRef> files();

  /** The module, of a program that is one. */
  Optional<BlobRef> module();

  /** What it is shown by: the module, or the program for the first platform. */
  default BlobRef first() {
    return files().get(0);
  }

  /** Whether its instructions are counted. */
  default boolean isCounted() {
    return this instanceof Wasm;
  }

  /**
   * One Wasm module for all computers.
   *
   * @param wasm the module as its owner published it
   * @param built the same compiled ahead of time, no platform twice
   */
  record Wasm(BlobRef wasm, List<Built> built) implements Program {
    /** Its name. */
    public static final String RUNTIME = "wasm";

    /** Copies the list. */
    public Wasm {
      built = List.copyOf(built);
      requirePlatforms(built.stream().map(Built::platform).toList());
    }

    @Override
    public String runtime() {
      return RUNTIME;
    }

    @Override
    public List<BlobRef> files() {
      List<BlobRef> files = new ArrayList<>();
      files.add(wasm);
      built.forEach(b -> files.add(b.file()));
      return files;
    }

    @Override
    public Optional<BlobRef> module() {
      return Optional.of(wasm);
    }

    /** What was compiled for that platform. */
    public Optional<Built> builtFor(Platform platform) {
      return built.stream().filter(b -> b.platform().equals(platform)).findFirst();
    }
  }

  /**
   * Programs that run on the computer itself, in a sandbox.
   *
   * @param platforms 1 to {@link #PLATFORMS_MAX}, none twice
   */
  record Native(List<PlatformFiles> platforms) implements Program {
    /** Its name. */
    public static final String RUNTIME = "native";

    /** Copies the list. */
    public Native {
      platforms = List.copyOf(platforms);
      requirePlatforms(platforms.stream().map(PlatformFiles::platform).toList());
      int files = platforms.stream().mapToInt(p -> p.files().size()).sum();
      if (platforms.isEmpty() || files > FILES_MAX) {
        throw new IllegalArgumentException(
            "a native release has 1 to "
                + FILES_MAX
                + " files for 1 platform or more, got "
                + files);
      }
    }

    @Override
    public String runtime() {
      return RUNTIME;
    }

    @Override
    public List<BlobRef> files() {
      return platforms.stream().flatMap(p -> p.files().stream()).toList();
    }

    @Override
    public Optional<BlobRef> module() {
      return Optional.empty();
    }

    /** The files for that platform. */
    public Optional<PlatformFiles> on(Platform platform) {
      return platforms.stream().filter(p -> p.platform().equals(platform)).findFirst();
    }
  }

  private static void requirePlatforms(List<Platform> platforms) {
    if (platforms.size() > PLATFORMS_MAX
        || platforms.stream().distinct().count() < platforms.size()) {
      throw new IllegalArgumentException(
          "a release is for at most " + PLATFORMS_MAX + " platforms, none twice");
    }
  }

  /** Takes {@code module} and {@code built}, or {@code platforms}. */
  static Program parse(JsonFields fields) throws MalformedJson {
    boolean programs = fields.has("platforms");
    try {
      return programs ? parseNative(fields) : parseWasm(fields);
    } catch (IllegalArgumentException e) {
      throw fields.at(programs ? "platforms" : "built", String.valueOf(e.getMessage()));
    }
  }

  private static Program parseWasm(JsonFields fields) throws MalformedJson {
    BlobRef module = BlobRef.parse(fields.object("module"));
    List<Built> built = new ArrayList<>();
    if (fields.has("built")) {
      for (JsonFields item : fields.objects("built", 1, PLATFORMS_MAX)) {
        built.add(Built.parse(item));
      }
    }
    return new Wasm(module, built);
  }

  private static Program parseNative(JsonFields fields) throws MalformedJson {
    List<PlatformFiles> platforms = new ArrayList<>();
    for (JsonFields item : fields.objects("platforms", 1, PLATFORMS_MAX)) {
      platforms.add(PlatformFiles.parse(item));
    }
    return new Native(platforms);
  }

  /** Adds what {@link #parse} takes. */
  default JsonValue.Builder writeTo(JsonValue.Builder out) {
    if (this instanceof Wasm wasm) {
      out.put("module", wasm.wasm().toJson());
      if (!wasm.built().isEmpty()) {
        out.put("built", wasm.built().stream().map(Built::toJson).toList());
      }
    } else if (this instanceof Native programs) {
      out.put("platforms", programs.platforms().stream().map(PlatformFiles::toJson).toList());
    }
    return out;
  }
}
