package org.almoner.architecture.planted.drawers.agent.deep.utils;

public final class Deep {}
