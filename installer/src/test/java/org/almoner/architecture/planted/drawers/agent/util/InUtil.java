package org.almoner.architecture.planted.drawers.agent.util;

public final class InUtil {}
