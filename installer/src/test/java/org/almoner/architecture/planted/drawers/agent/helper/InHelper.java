package org.almoner.architecture.planted.drawers.agent.helper;

public final class InHelper {}
