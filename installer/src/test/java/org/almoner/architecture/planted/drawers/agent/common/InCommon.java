package org.almoner.architecture.planted.drawers.agent.common;

public final class InCommon {}
