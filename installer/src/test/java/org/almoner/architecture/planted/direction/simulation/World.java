package org.almoner.architecture.planted.direction.simulation;

public final class World {}
