package org.almoner.architecture.planted.signs.bare;

public final class Bare {}
