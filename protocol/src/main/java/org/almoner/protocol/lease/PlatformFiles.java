package org.almoner.protocol.lease;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The files of a native program for one platform.
 *
 * @param files 1 to {@link Program#FILES_MAX}, no name twice; the first is the one that is started
 */
public record PlatformFiles(Platform platform, List<BlobRef> files) {
  /** Copies the list. */
  public PlatformFiles {
    files = List.copyOf(files);
    if (files.isEmpty() || files.size() > Program.FILES_MAX) {
      throw new IllegalArgumentException(
          "a program has 1 to " + Program.FILES_MAX + " files, got " + files.size());
    }
    if (files.stream().map(BlobRef::name).distinct().count() < files.size()) {
      throw new IllegalArgumentException("two files of a program have one name");
    }
  }

  static PlatformFiles parse(JsonFields fields) throws MalformedJson {
    Platform platform = fields.parsed("platform", Platform::new);
    List<BlobRef> files = new ArrayList<>();
    for (JsonFields file : fields.objects("files", 1, Program.FILES_MAX)) {
      files.add(BlobRef.parse(file));
    }
    fields.end();
    try {
      return new PlatformFiles(platform, files);
    } catch (IllegalArgumentException e) {
      throw new MalformedJson("field \"files\": " + e.getMessage());
    }
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("platform", platform.text())
        .put("files", files.stream().map(BlobRef::toJson).toList())
        .build();
  }
}
