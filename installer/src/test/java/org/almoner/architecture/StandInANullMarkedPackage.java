package org.almoner.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** A package with a sign on its door: a package-info that is {@code @NullMarked}. */
final class StandInANullMarkedPackage extends ArchCondition<JavaClass> {
  StandInANullMarkedPackage() {
    super("stand in a package whose package-info is @NullMarked");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
    events.add(
        new SimpleConditionEvent(
            type,
            marked,
            "Class <"
                + type.getName()
                + (marked
                    ? "> stands in a marked package"
                    : "> stands in a package without a sign")));
  }
}
