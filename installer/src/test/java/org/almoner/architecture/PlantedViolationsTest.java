package org.almoner.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each rule, seen red: on classes planted to break it, it names every one of them, and none of
 * those beside them that are called lawful.
 */
class PlantedViolationsTest {
  private static final String PLANTED = "org.almoner.architecture.planted.";
  private static final Pattern ORIGIN = Pattern.compile("^\\w+ <([\\w.$-]+)");

  @Test
  void modulesKnowOnlyWhatLiesBelowThem() {
    assertCatches(
        Rules::modulesKnowOnlyWhatLiesBelowThem,
        "direction",
        "Agent",
        "Desk",
        "Log",
        "Receipt",
        "Units",
        "Verb",
        "Wire");
  }

  @Test
  void packagesHaveNoCycles() {
    List<String> report = report(Rules::packagesHaveNoCycles, "cycles");

    assertThat(report).hasSize(1);
    assertThat(report.get(0)).contains("Slice hen").contains("Slice egg");
    assertThat(report(Rules::packagesHaveNoCycles, "libraries")).isEmpty();
  }

  @Test
  void eachLibraryHasItsRoom() {
    assertCatches(
        Rules::eachLibraryHasItsRoom,
        "libraries",
        "Appender",
        "Engine",
        "Flag",
        "Json",
        "Key",
        "Native",
        "Paper",
        "Route",
        "Sensor",
        "Server",
        "Store",
        "Yaml");
  }

  @Test
  void protocolKnowsNoDiskNetworkClockOrThreads() {
    assertCatches(
        Rules::protocolKnowsNoDiskNetworkClockOrThreads,
        "world",
        "Channel",
        "Client",
        "Clocked",
        "Disk",
        "Net",
        "OldDisk",
        "Queued",
        "Source",
        "Threaded");
  }

  @Test
  void protocolStandsOnTheJdkAlone() {
    assertCatches(Rules::protocolStandsOnTheJdkAlone, "alone", "Leaning");
  }

  @Test
  void timeChanceAndSettingsComeInAsParameters() {
    assertCatches(Rules::timeChanceAndSettingsComeInAsParameters, "hidden", "Hidden");
    assertThat(report(Rules::timeChanceAndSettingsComeInAsParameters, "hidden"))
        .as("each of the calls alone")
        .hasSize(29);
  }

  @Test
  void temporaryFilesHaveAFolderGiven() {
    assertCatches(Rules::temporaryFilesHaveAFolderGiven, "temporary", "Scatters");
    assertThat(report(Rules::temporaryFilesHaveAFolderGiven, "temporary")).hasSize(3);
  }

  @Test
  void onlyTheCommandPrints() {
    assertCatches(Rules::onlyTheCommandPrints, "prints", "Complains", "Shouts", "Traces");
  }

  @Test
  void noPackageIsADrawer() {
    assertCatches(
        Rules::noPackageIsADrawer,
        "drawers",
        "Deep",
        "InCommon",
        "InDto",
        "InHelper",
        "InImpl",
        "InModel",
        "InUtil");
  }

  @Test
  void noNameSaysNothing() {
    assertCatches(
        Rules::noNameSaysNothing,
        "names",
        "AbstractLease",
        "BaseLease",
        "DefaultLease",
        "Lawful$BookImpl",
        "LeaseDto",
        "LeaseHelper",
        "LeaseImpl",
        "LeaseManager",
        "LeaseProcessor",
        "LeaseService",
        "LeaseUtil",
        "LeaseUtils");
  }

  @Test
  void noNameCountsCredit() {
    assertCatches(
        Rules::noNameCountsCredit, "credit", "CreditBook", "HostPoints", "WUBook", "WorkunitList");
  }

  @Test
  void everyPackageSaysWhatItIs() {
    assertCatches(Rules::everyPackageSaysWhatItIs, "signs", "Bare", "Unmarked", "package-info");
  }

  @Test
  void recordsHoldNoArrays() {
    assertCatches(Rules::recordsHoldNoArrays, "arrays", "Octets");
  }

  @Test
  void absenceIsOnlyEverReturned() {
    assertCatches(Rules::absenceIsOnlyEverReturned, "absence", "Holds", "Made", "Takes");
  }

  @Test
  void everyRuleIsAskedOfTheProductAndWasSeenRed() {
    Set<String> rules =
        namesOf(Rules.class, method -> method.getReturnType().equals(ArchRule.class));

    assertThat(rules).hasSizeGreaterThan(10);
    assertThat(namesOf(ArchitectureTest.class, PlantedViolationsTest::isTest)).containsAll(rules);
    assertThat(namesOf(PlantedViolationsTest.class, PlantedViolationsTest::isTest))
        .containsAll(rules);
  }

  private static void assertCatches(
      Function<String, ArchRule> rule, String planted, String... names) {
    Set<String> classes =
        planted(planted).stream().map(JavaClass::getName).collect(Collectors.toSet());
    Set<String> caught = new TreeSet<>();
    for (String line : report(rule, planted)) {
      Matcher origin = ORIGIN.matcher(line);
      assertThat(origin.find()).as(line).isTrue();
      caught.add(classOf(origin.group(1), classes));
    }
    assertThat(caught).containsExactlyInAnyOrder(names);
  }

  /** The class of the class, method or field at which a violation begins, without its package. */
  private static String classOf(String member, Set<String> classes) {
    String name = member;
    while (!classes.contains(name)) {
      assertThat(name).as(member).contains(".");
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static List<String> report(Function<String, ArchRule> rule, String planted) {
    return rule.apply(PLANTED + planted).evaluate(planted(planted)).getFailureReport().getDetails();
  }

  private static JavaClasses planted(String name) {
    return new ClassFileImporter().importPackages(PLANTED + name);
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class);
  }

  private static Set<String> namesOf(Class<?> type, java.util.function.Predicate<Method> which) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(which)
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
