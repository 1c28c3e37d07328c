package org.almoner.architecture.planted.libraries.agent.run;

public final class Sensor {
  Object library = oshi.SystemInfo.class;
}
