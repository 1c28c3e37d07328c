package org.almoner.architecture.planted.alone.protocol;

public final class Leaning {
  Object library = org.slf4j.Logger.class;
}
