package org.almoner.coordinator.http.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;

/**
 * The front page's values as one server-sent event: {@code {"shape":…,"values":{place:text}}}.
 *
 * <p>Texts are texts, not HTML: the page's script sets them as text. Nothing in them is about one
 * person; it is what the public page says to everybody.
 *
 * @param shape of the page the values belong to
 * @param values by place
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
public record LiveFrame(String shape, Map<String, String> values) {
  /** Keeps proxies from closing a stream on which nothing happens. */
  public static final Bytes HEARTBEAT = Bytes.utf8(":\n\n");

  /** Copies the values. */
  public LiveFrame {
    values = Map.copyOf(values);
  }

  /** What has changed since {@code before}; empty when nothing has. */
  public Optional<LiveFrame> since(LiveFrame before) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.entrySet().removeIf(v -> v.getValue().equals(before.values.get(v.getKey())));
    return changed.isEmpty() && shape.equals(before.shape)
        ? Optional.empty()
        : Optional.of(new LiveFrame(shape, changed));
  }

  /** The event's octets; canonical JSON has no line break. */
  public Bytes octets() {
    JsonValue.Builder places = JsonValue.Obj.of();
    values.forEach(places::put);
    byte[] json =
        CanonicalJson.encode(
            JsonValue.Obj.of().put("shape", shape).put("values", places.build()).build());
    return Bytes.utf8("data: " + new String(json, StandardCharsets.UTF_8) + "\n\n");
  }
}
