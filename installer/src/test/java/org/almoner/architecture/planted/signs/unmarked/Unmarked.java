package org.almoner.architecture.planted.signs.unmarked;

public final class Unmarked {}
