package org.almoner.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules, each under a root package: {@code org.almoner} for the product, another root for
 * classes planted to break it.
 *
 * <p>Whatever is static here and gives an {@link ArchRule} must be tested under both.
 */
final class Rules {
  /** What each module may know of the others. */
  private static final Map<String, List<String>> MAY_KNOW =
      Map.of(
          "protocol", List.of(),
          "workload", List.of("protocol"),
          "ledger", List.of("protocol"),
          "coordinator", List.of("protocol", "workload", "ledger"),
          "agent", List.of("protocol", "workload", "ledger"),
          "tax", List.of("protocol", "workload", "ledger"),
          "simulation", List.of("protocol", "workload", "ledger", "coordinator", "agent"),
          "command",
              List.of(
                  "protocol", "workload", "ledger", "coordinator", "agent", "tax", "simulation"));

  /** The rooms that may import each library. Jackson is for YAML and JSON that nobody signs. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry("org.apache.ignite..", List.of("coordinator.ignite")),
          Map.entry("com.itextpdf..", List.of("tax.pdf", "tax.seal")),
          Map.entry("oshi..", List.of("agent.meter")),
          Map.entry("com.sun.jna..", List.of("agent.meter")),
          Map.entry("run.endive..", List.of("agent.run.wasm")),
          Map.entry("org.glassfish..", List.of("*.http", "agent.control")),
          Map.entry("jakarta..", List.of("*.http", "agent.control")),
          Map.entry(
              "org.bouncycastle..",
              List.of("protocol.identity", "tax.seal", "coordinator.account")),
          Map.entry("org.yaml.snakeyaml..", List.of("workload.yaml")),
          Map.entry(
              "com.fasterxml.jackson..",
              List.of("workload.yaml", "tax.worksheet", "agent.consent")),
          Map.entry("picocli..", List.of("command")),
          Map.entry("io.micrometer..", List.of("coordinator.operate")),
          Map.entry("ch.qos.logback..", List.of("command")));

  /** What would bring in time, chance or the machine's settings behind a caller's back. */
  private static final Map<String, Set<String>> HIDDEN_INPUTS =
      Map.ofEntries(
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.time.Year", Set.of("now")),
          Map.entry("java.time.YearMonth", Set.of("now")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry(
              "java.time.Clock",
              Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds")),
          Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime", "getenv", "exit")),
          Map.entry("java.lang.Runtime", Set.of("exit", "halt")),
          Map.entry("java.lang.Thread", Set.of("sleep")),
          Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")),
          Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")),
          Map.entry("java.util.Random", Set.of("<init>")),
          Map.entry("java.security.SecureRandom", Set.of("<init>", "getInstanceStrong")));

  private Rules() {}

  static ArchRule modulesKnowOnlyWhatLiesBelowThem(String root) {
    CompositeArchRule rule = null;
    for (Map.Entry<String, List<String>> module : MAY_KNOW.entrySet()) {
      String[] forbidden =
          MAY_KNOW.keySet().stream()
              .filter(other -> !other.equals(module.getKey()))
              .filter(other -> !module.getValue().contains(other))
              .map(other -> root + "." + other + "..")
              .toArray(String[]::new);
      ArchRule one =
          noClasses()
              .that()
              .resideInAPackage(root + "." + module.getKey() + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(with(forbidden, root + ".trials.."))
              .allowEmptyShould(true);
      rule = rule == null ? CompositeArchRule.of(one) : rule.and(one);
    }
    return rule;
  }

  static ArchRule packagesHaveNoCycles(String root) {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  static ArchRule eachLibraryHasItsRoom(String root) {
    CompositeArchRule rule = null;
    for (Map.Entry<String, List<String>> library : ROOMS.entrySet()) {
      String[] rooms =
          library.getValue().stream().map(room -> root + "." + room + "..").toArray(String[]::new);
      ArchRule one =
          noClasses()
              .that()
              .resideInAPackage(root + "..")
              .and()
              .resideOutsideOfPackages(rooms)
              .should()
              .dependOnClassesThat()
              .resideInAPackage(library.getKey());
      rule = rule == null ? CompositeArchRule.of(one) : rule.and(one);
    }
    return rule;
  }

  static ArchRule protocolKnowsNoDiskNetworkClockOrThreads(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".protocol..")
        .should()
        .dependOnClassesThat(
            describe(
                "are of the disk, the network, the clock or threads",
                type ->
                    type.getPackageName().startsWith("java.nio.file")
                        || type.getPackageName().startsWith("java.nio.channels")
                        || type.getPackageName().startsWith("java.net")
                            && !type.getName().equals("java.net.URI")
                            && !type.getName().equals("java.net.URISyntaxException")
                        || type.getPackageName().startsWith("java.util.concurrent")
                        || type.getName().startsWith("java.io.File")
                        || type.getName().equals("java.lang.Thread")
                        || type.getName().equals("java.time.Clock")
                        || type.getName().equals("java.time.InstantSource")));
  }

  static ArchRule protocolStandsOnTheJdkAlone(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".protocol..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            root + ".protocol..", "java..", "org.jspecify.annotations..", "org.bouncycastle..");
  }

  static ArchRule timeChanceAndSettingsComeInAsParameters(String root) {
    return noClasses()
        .that(areNoMains(root))
        .should()
        .callCodeUnitWhere(target(bringsInAHiddenInput()));
  }

  static ArchRule temporaryFilesHaveAFolderGiven(String root) {
    return noClasses()
        .that(areNoMains(root))
        .should()
        .callCodeUnitWhere(
            target(
                describe(
                    "makes a file in the machine's temporary folder",
                    (CodeUnitCallTarget call) ->
                        call.getName().startsWith("createTemp") && !takesAFolder(call))));
  }

  static ArchRule onlyTheCommandPrints(String root) {
    return noClasses()
        .that(areNoMains(root))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callCodeUnitWhere(
            target(
                describe(
                    "prints a stack trace",
                    (CodeUnitCallTarget call) -> call.getName().equals("printStackTrace"))));
  }

  static ArchRule noPackageIsADrawer(String root) {
    return noClasses()
        .should()
        .resideInAnyPackage(
            List.of(
                    "util", "utils", "common", "impl", "dto", "model", "models", "helper",
                    "helpers", "misc", "shared", "core")
                .stream()
                .map(drawer -> root + ".." + drawer + "..")
                .toArray(String[]::new));
  }

  static ArchRule noNameSaysNothing(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(
            ".*[.$](\\w*(Util|Utils|Helper|Helpers|Manager|Impl|Service|Processor|Dto|Bean)"
                + "|(Default|Abstract|Base)[A-Z]\\w*)");
  }

  static ArchRule noNameCountsCredit(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(".*[.$](\\w*(Credit|Points|Workunit|WorkUnit|WU)(s?|[A-Z]\\w*))");
  }

  static ArchRule everyPackageSaysWhatItIs(String root) {
    return classes().that().resideInAPackage(root + "..").should(new StandInANullMarkedPackage());
  }

  static ArchRule recordsHoldNoArrays(String root) {
    return fields()
        .that()
        .areDeclaredInClassesThat(areRecordsUnder(root))
        .and()
        .areNotStatic()
        .should()
        .notHaveRawType(describe("arrays", JavaClass::isArray));
  }

  /**
   * What a package keeps to itself is its own affair. A compare-and-set is the one call whose
   * argument may truly be absent: nothing was there before.
   */
  static ArchRule absenceIsOnlyEverReturned(String root) {
    ArchRule parameters =
        noCodeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(root + "..")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .arePublic()
            .and()
            .doNotHaveName("compareAndSet")
            .should()
            .haveRawParameterTypes(
                describe(
                    "that are Optional",
                    (List<JavaClass> types) ->
                        types.stream().anyMatch(type -> type.isEquivalentTo(Optional.class))));
    return CompositeArchRule.of(parameters)
        .and(
            fields()
                .that()
                .areDeclaredInClassesThat(areRecordsUnder(root))
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .notHaveRawType(Optional.class));
  }

  private static DescribedPredicate<JavaClass> areRecordsUnder(String root) {
    return describe(
        "are records under " + root,
        type -> type.isRecord() && type.getPackageName().startsWith(root));
  }

  private static DescribedPredicate<JavaClass> areNoMains(String root) {
    return describe(
        "are neither mains nor the command",
        type ->
            type.getPackageName().startsWith(root)
                && !type.getPackageName().startsWith(root + ".command")
                && !outermost(type).getSimpleName().endsWith("Main"));
  }

  private static DescribedPredicate<CodeUnitCallTarget> bringsInAHiddenInput() {
    return describe(
        "brings in time, chance or the machine's settings",
        call ->
            HIDDEN_INPUTS.getOrDefault(call.getOwner().getName(), Set.of()).contains(call.getName())
                && !isGiven(call));
  }

  /** A generator made from a seed is no chance, and a clock that was passed in is no surprise. */
  private static boolean isGiven(CodeUnitCallTarget call) {
    boolean asksAClock =
        call.getRawParameterTypes().stream()
            .anyMatch(type -> type.getName().equals("java.time.Clock"));
    return asksAClock || call.getName().equals("<init>") && !call.getRawParameterTypes().isEmpty();
  }

  private static boolean takesAFolder(CodeUnitCallTarget call) {
    return call.getRawParameterTypes().stream()
        .map(JavaClass::getName)
        .anyMatch(type -> type.equals("java.nio.file.Path") || type.equals("java.io.File"));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(Rules::outermost).orElse(type);
  }

  private static String[] with(String[] packages, String one) {
    String[] all = java.util.Arrays.copyOf(packages, packages.length + 1);
    all[packages.length] = one;
    return all;
  }
}
