package org.almoner.architecture.planted.direction.trials;

public final class World {}
