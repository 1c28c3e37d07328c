package org.almoner.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.almoner.coordinator.http.HttpFace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/api/openapi.yaml} against the routes there are, and its examples against itself. */
class OpenApiTest {
  private static final java.nio.file.Path FILE =
      java.nio.file.Path.of(System.getProperty("almoner.root"), "docs/api/openapi.yaml");

  private static final JsonNode API = read();
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "head");

  /** Fewer means that the walk through the file found nothing. */
  private static final int EXAMPLES_MIN = 40;

  private static JsonNode read() {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(Files.readAllBytes(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyRouteIsInTheFileAndNoOtherIs() {
    TreeSet<String> told = new TreeSet<>();
    API.get("paths")
        .fields()
        .forEachRemaining(
            path ->
                METHODS.stream()
                    .filter(path.getValue()::has)
                    .forEach(method -> told.add(route(method, path.getKey()))));

    assertThat(told).isEqualTo(routes());
  }

  private static TreeSet<String> routes() {
    TreeSet<String> routes = new TreeSet<>();
    HttpFace.plainRoutes().forEach(plain -> routes.add(plain.replaceAll("/+", "/")));
    JavaClasses product =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.almoner");
    for (JavaClass resource : product.that(isResource())) {
      Class<?> type = resource.reflect();
      String base = type.getAnnotation(Path.class).value();
      for (Method method : type.getDeclaredMethods()) {
        Path own = method.getAnnotation(Path.class);
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (verb != null) {
            String path = "/" + base + "/" + (own == null ? "" : own.value());
            routes.add(route(verb.value(), path));
          }
        }
      }
    }
    return routes;
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> isResource() {
    return com.tngtech.archunit.base.DescribedPredicate.describe(
        "a resource with a path", type -> type.isAnnotatedWith(Path.class));
  }

  /** Without doubled slashes, one at the end, or the pattern of a parameter. */
  private static String route(String method, String path) {
    String plain = path.replaceAll("\\{([a-z0-9]+):[^}]*}", "{$1}").replaceAll("/+", "/");
    String whole = plain.length() > 1 ? plain.replaceAll("/$", "") : plain;
    return method.toUpperCase(java.util.Locale.ROOT) + " " + whole;
  }

  @Test
  void operationsHaveNamesOfTheirOwnAndSayWhatTheyDo() {
    List<String> names = new ArrayList<>();
    for (JsonNode path : API.get("paths")) {
      METHODS.stream()
          .filter(path::has)
          .map(path::get)
          .forEach(
              operation -> {
                assertThat(operation.path("summary").asText()).isNotBlank();
                names.add(operation.path("operationId").asText());
              });
    }
    assertThat(names).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    API.findValuesAsText("$ref")
        .forEach(
            reference -> {
              assertThat(reference).startsWith("#/");
              assertThat(API.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
            });
  }

  static Stream<Arguments> examples() {
    Map<String, Arguments> found = new TreeMap<>();
    collect("", API, found);
    assertThat(found).hasSizeGreaterThanOrEqualTo(EXAMPLES_MIN);
    return found.values().stream();
  }

  /** Every object with a schema and an example or examples beside it. */
  private static void collect(String at, JsonNode node, Map<String, Arguments> found) {
    JsonNode schema = node.isObject() ? node.path("schema") : node;
    if (schema.isObject() && node.has("schema")) {
      if (node.has("example")) {
        found.put(at, Arguments.of(at, schema, node.get("example")));
      }
      node.path("examples")
          .fields()
          .forEachRemaining(
              one ->
                  found.put(
                      at + "/" + one.getKey(),
                      Arguments.of(at + "/" + one.getKey(), schema, one.getValue().get("value"))));
    }
    if (node.isObject()) {
      node.fields().forEachRemaining(f -> collect(at + "/" + f.getKey(), f.getValue(), found));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(at + "/" + i, node.get(i), found);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void anExampleIsWhatItsSchemaSays(String at, JsonNode schema, JsonNode example) {
    assertThat(schema(schema).validate(example.toString(), InputFormat.JSON)).as(at).isEmpty();
  }

  @Test
  void aSchemaRefusesWhatItsRouteRefuses() {
    JsonSchema lease = schema(API.at("/components/schemas/LeaseRequestEnvelope"));
    String link =
        API.at("/paths/~1api~1v1~1links/post/requestBody/content/application~1json/example")
            .toString();
    assertThat(lease.validate(link, InputFormat.JSON)).isNotEmpty();
    assertThat(lease.validate("{}", InputFormat.JSON)).isNotEmpty();
  }

  /** The schema alone, with all named schemas beside it. */
  private static JsonSchema schema(JsonNode schema) {
    String text = schema.toString().replace("#/components/schemas/", "#/$defs/");
    String named =
        API.at("/components/schemas").toString().replace("#/components/schemas/", "#/$defs/");
    try {
      ObjectMapper json = new ObjectMapper();
      ObjectNode whole = (ObjectNode) json.readTree(text.getBytes(StandardCharsets.UTF_8));
      whole.set("$defs", json.readTree(named.getBytes(StandardCharsets.UTF_8)));
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
