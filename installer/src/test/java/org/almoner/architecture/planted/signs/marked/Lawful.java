package org.almoner.architecture.planted.signs.marked;

public final class Lawful {}
