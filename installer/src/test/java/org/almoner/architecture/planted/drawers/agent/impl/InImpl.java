package org.almoner.architecture.planted.drawers.agent.impl;

public final class InImpl {}
