package org.almoner.architecture.planted.arrays.agent;

record Lawful(String text) {
  static final byte[] CONSTANT = {1};
}
